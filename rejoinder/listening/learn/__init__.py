"""Readings an organisation teaches the desk itself, from texts and the label of each."""
