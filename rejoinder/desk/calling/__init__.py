"""Calling somebody through the exchange: `rules` decide, `actions` ask, `dialer` does it."""
