"""Plumbing: configuration, clock, log, work, live changes, secrets, the network. Knows no trade."""
