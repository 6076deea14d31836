"""Nobody bears abuse alone: it goes round, and a break is proposed; `rules` decide."""
