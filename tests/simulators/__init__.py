"""Platforms that cannot be had for a test, each a process on loopback, proved by other clients."""
