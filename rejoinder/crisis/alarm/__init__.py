"""Watching what is heard, minute by minute: all, each question, each area."""
