"""Real processes, killed at every marked step."""
