"""Surges seen (`alarm`), areas named (`area`), a declared crisis (`crisis`), its timeline
(`entry`), what was promised in it (`promise`), the incidents that are part of it (`regarding`).
"""

from rejoinder.crisis.models.alarm import Alarm, Planned, Watching
from rejoinder.crisis.models.area import Naming, Places
from rejoinder.crisis.models.crisis import Crisis
from rejoinder.crisis.models.entry import Did, Entry, Kind
from rejoinder.crisis.models.promise import Promise
from rejoinder.crisis.models.regarding import Regarding

__all__ = [
    "Alarm",
    "Crisis",
    "Did",
    "Entry",
    "Kind",
    "Naming",
    "Places",
    "Planned",
    "Promise",
    "Regarding",
    "Watching",
]
