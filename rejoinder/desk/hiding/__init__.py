"""Hiding on our own pages what others wrote there: `rules` decide, `actions` act."""
