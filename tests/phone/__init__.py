"""Calls through an exchange of flesh and blood: Asterisk, and sipp that rings it."""
