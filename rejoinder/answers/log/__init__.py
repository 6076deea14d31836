"""The public log of answers: a Merkle tree of what was said, after RFC 6962 (all pure)."""
