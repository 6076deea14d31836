"""Tickets in another system: made, linked, closed and looked at from a conversation."""
