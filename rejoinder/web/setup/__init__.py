"""The first run: what a new desk needs before the first person is answered."""
