"""Mastodon as its documentation and recorded answers have it, in a process of its own."""
