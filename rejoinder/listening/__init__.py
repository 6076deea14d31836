"""Listening: from the intake log to a conversation that waits for an answer."""
