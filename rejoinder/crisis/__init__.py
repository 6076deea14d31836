"""From the first alarm to standing down: surges seen, a crisis declared, what was known and said."""
