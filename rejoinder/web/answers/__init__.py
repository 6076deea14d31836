"""Public answers: their pages, their editor, telling the people who asked."""
