"""A rehearsed day: a world is drawn, a policy plays it, a score says how it went."""
