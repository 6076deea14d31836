"""Tickets elsewhere, at the desk."""
