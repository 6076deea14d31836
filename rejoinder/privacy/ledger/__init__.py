"""The ledger: every use of personal data, in order, so that nothing can be taken out unseen."""
