"""What is done with a crisis; pages, workers and commands call these."""

from rejoinder.crisis.declaring import (
    change_policy,
    declare,
    in_force,
    may_steer,
    open_ones,
    stand_down,
)
from rejoinder.crisis.stopping import lock, may_pause, may_stop, pause, resume, unlock
from rejoinder.crisis.timeline.noting import may_note, note
from rejoinder.crisis.timeline.promising import keep, may_promise, open_promises, promise
from rejoinder.crisis.timeline.stating import state

__all__ = [
    "change_policy",
    "declare",
    "in_force",
    "keep",
    "lock",
    "may_note",
    "may_pause",
    "may_promise",
    "may_steer",
    "may_stop",
    "note",
    "open_ones",
    "open_promises",
    "pause",
    "promise",
    "resume",
    "stand_down",
    "state",
    "unlock",
]
