"""Whole stories, told against real servers and a real browser."""
