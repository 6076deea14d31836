"""Blocking who abuses people, so that it really stops: `rules` decide, `actions` act."""
