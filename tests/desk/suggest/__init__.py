"""What helps with the next reply."""
