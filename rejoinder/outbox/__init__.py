"""Outbox: replies on their way out; the only room that calls a channel to send."""
