"""Joining two conversations of one person by hand, and parting one: `rules` decide who waits."""
