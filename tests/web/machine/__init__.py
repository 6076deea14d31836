"""Drafts by a machine, at the desk."""
