"""The accounts that are heard and answered on, and where platforms send news."""
