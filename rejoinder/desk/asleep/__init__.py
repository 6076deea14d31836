"""Conversations put aside until a time or an event: `rules` decides, `sleep` and `wake` act."""
