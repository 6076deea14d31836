"""A surge of mentions, seen while it begins: counts in, alarms out. Pure and online."""
