"""Reporting: what was heard and done, in numbers of which each has one definition."""
