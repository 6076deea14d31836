"""A Merkle tree that only grows, after RFC 6962: what a log is proved with (all pure)."""
