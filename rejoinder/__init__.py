"""Rejoinder: a desk for the people who answer for an organisation in public."""

__version__ = "0.1.0"
