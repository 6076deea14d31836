"""Tickets in another system, beside the conversation and on the owner's page."""
