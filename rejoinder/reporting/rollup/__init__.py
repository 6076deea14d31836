"""Rollups: what counts in a report, in columns; kept as mentions come, read by every report."""
