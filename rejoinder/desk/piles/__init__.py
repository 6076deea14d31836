"""Spam waves as one reversible pile: `rules` decides, `proposed` finds, `actions` act."""
