"""A drilled day that people play on the real desk: its own clock, a pretend network, colleagues."""
