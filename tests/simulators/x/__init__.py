"""X in a process of its own: its API v2 as documented, for people who are not there."""
