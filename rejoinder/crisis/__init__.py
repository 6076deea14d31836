"""From the first alarm to standing down: a surge seen, a crisis declared, what was said."""
