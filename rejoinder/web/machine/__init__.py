"""Drafts by a machine: asking for one, and the owner's page."""
