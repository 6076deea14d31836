"""Watches: saved queries, the words they are written in, and which posts they catch."""
