"""What a desk knows at a moment: the whole input of a plan. Pure.

Times are float seconds on one clock (a drill counts from its world's start). Needs are indexes
into `NEEDS`, accounts indexes chosen by the caller, questions any numbers, -1 for none.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.read.words import NEEDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

URGENT = NEEDS.index("urgent")
COMMON = NEEDS.index("common")
SLICE = 1800.0  # seconds of one count of arrivals
# Within these a lead may set the reserve and the askers of `Settings`.
RESERVE = (0.0, 3.0)
ASKERS = (2, 1000)


def _per_need(*values: float) -> Floats:
    return np.array(values)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a lead may set. `worth` is by need, of an answer within `promise` seconds.

    `reserve` scales what is kept for urgent people (1: Littlewood's rule), `askers` is the number
    of people after whom a public answer is always proposed.
    """

    worth: Floats = field(default_factory=lambda: _per_need(10, 3, 1, 0.15, 0, 0))
    late: float = 0.5
    promise: float = 3600.0
    reserve: float = 1.0
    askers: int = 10


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of people and work in the mass, never of one person. Seconds.

    `patience` is the mean time until somebody gives up, `handling` of an answer, both by need;
    of people with a question `sees` notice a published answer, after `sees_after` on average, and
    `deflects` find it before they ask.
    """

    patience: Floats = field(
        default_factory=lambda: _per_need(5400, 10800, 14400, 3600, 1800, 3600)
    )
    handling: Floats = field(default_factory=lambda: _per_need(300, 210, 60, 45, 30, 30))
    pointer: float = 20.0
    publishing: float = 720.0
    sees: float = 0.3
    sees_after: float = 1440.0
    deflects: float = 0.15


@dataclass(frozen=True, slots=True)
class Waiting:
    """The people who wait, one row each, in any order. `answered`: their question has a
    published answer.
    """

    came: Floats
    need: Ints
    account: Ints
    question: Ints
    answered: Bools


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came until now: `counts[slice, account, need as read, has a question]`.

    Slices of SLICE seconds begin at `start`; the last is the one that `now` is in. `usual` is the
    mean number in each slice of a day like this one, and goes on to the end of the plan.
    """

    start: float
    counts: Ints
    usual: Floats


@dataclass(frozen=True, slots=True)
class Window:
    """A limit in replies: at most `cap` in any `length` seconds, together on `accounts`.

    `past` are the moments of replies that count still, those under way at their start, in order.
    A fixed window frees all at `ends` and then every `length`; a sliding one has None. What is
    `money` a person sets, and may set higher.
    """

    name: str
    accounts: tuple[int, ...]
    cap: int
    length: float
    past: Floats
    ends: float | None = None
    money: bool = False


@dataclass(frozen=True, slots=True)
class Shifts:
    """From moment `at[i]` on, `advisors[i]` are on duty; the first moment lies not after now."""

    at: Floats
    advisors: Floats


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything at `now`; the plan looks as far as `until`."""

    now: float
    until: float
    waiting: Waiting
    arrivals: Arrivals
    windows: tuple[Window, ...]
    shifts: Shifts
    settings: Settings = field(default_factory=Settings)
    habits: Habits = field(default_factory=Habits)
