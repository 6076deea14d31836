"""Subscriber identifiers in HTTP requests: found by value first, by name second. Pure."""
