"""The automatic word to who writes privately while nobody is there: `rules` decides, `run` acts."""
