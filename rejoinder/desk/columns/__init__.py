"""Several lists side by side, as somebody arranges them: `rules` decide, `rows` reads."""
