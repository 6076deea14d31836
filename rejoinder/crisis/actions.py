"""What is done with a crisis; pages, workers and commands call these."""

from rejoinder.crisis.declaring import (
    change_policy,
    declare,
    in_force,
    may_steer,
    open_ones,
    stand_down,
)
from rejoinder.crisis.promising import keep, may_promise, open_promises, promise
from rejoinder.crisis.saying import may_note, note, state

__all__ = [
    "change_policy",
    "declare",
    "in_force",
    "keep",
    "may_note",
    "may_promise",
    "may_steer",
    "note",
    "open_ones",
    "open_promises",
    "promise",
    "stand_down",
    "state",
]
