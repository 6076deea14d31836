"""The reply box: writing, counting, guarding, saved replies, and what leaves."""
