"""A declared crisis (`crisis`), its timeline (`entry`), what was promised in it (`promise`)."""

from rejoinder.crisis.models.crisis import Crisis
from rejoinder.crisis.models.entry import Did, Entry, Kind
from rejoinder.crisis.models.promise import Promise

__all__ = ["Crisis", "Did", "Entry", "Kind", "Promise"]
