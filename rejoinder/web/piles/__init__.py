"""Spam waves, put out of the queue as one."""
