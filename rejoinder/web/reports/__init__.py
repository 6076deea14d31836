"""Reports: what was heard and done, for the people who ask how it goes."""
