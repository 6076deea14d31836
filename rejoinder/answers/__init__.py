"""Public answers: written, revised, published, and who was told which revision."""
