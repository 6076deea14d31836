"""One conversation: its thread, its reading, what may be opened in it."""
