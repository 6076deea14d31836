"""Trainees write, a colleague looks at it and sends it, and says a word: `actions`, `listed`."""
