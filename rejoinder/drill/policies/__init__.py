"""What every policy of a drill is given, and what it may say. Pure.

A policy sees what a desk can know at that moment and nothing else: no true need, no patience, no
future, and nobody who did not write. Places count the mentions heard so far, in order of time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.limits import Limit
from rejoinder.drill.world import Shift

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Mode = Literal["within-the-hour", "strict"]
Do = Literal["answer", "point", "publish", "repeat"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a desk knows before the day begins.

    `usual` is the mentions of a usual day by minute (1440); `worth` of an answer within the hour by
    need, in the order of NEEDS; `update` the channel on which answers are published, which takes
    one post of its account and `writing_s` of an advisor. `prices` are those of a reply by channel,
    `update_price` that of a publication; `money` is for the day (inf: any sum).
    """

    channels: tuple[str, ...]
    limits: tuple[Limit, ...]
    shifts: tuple[Shift, ...]
    usual: Floats
    worth: Floats
    update: int
    writing_s: float
    mode: Mode = "within-the-hour"
    prices: tuple[float, ...] = ()
    update_price: float = 0.0
    money: float = inf


@dataclass(frozen=True, slots=True)
class Room:
    """What one limit of an account still lets us do; `left` is after posts and reservations.

    `used` are the posts that count now, those of other clients that we have seen among them;
    `cap` is what we believe, after cuts and refusals.
    """

    limit: Limit
    cap: int
    used: int
    reserved: int

    @property
    def left(self) -> int:
        return max(0, self.cap - self.used - self.reserved)


class View(Protocol):
    """The desk at one moment. Its arrays are read, never written to."""

    @property
    def now(self) -> float: ...
    @property
    def heard(self) -> int:
        """Mentions so far: arrays over places have this length."""
        ...

    @property
    def on_duty(self) -> int: ...
    @property
    def free(self) -> int:
        """Advisors on duty who have nothing in hand."""
        ...

    @property
    def at(self) -> Floats: ...
    @property
    def person(self) -> Ints: ...
    @property
    def channel(self) -> Ints: ...
    @property
    def need(self) -> Ints:
        """As read, which may be wrong."""
        ...

    @property
    def question(self) -> Ints:
        """As matched, which may be wrong; -1: none."""
        ...

    @property
    def followers(self) -> Floats:
        """For the one policy that ranks by fame."""
        ...

    @property
    def waiting(self) -> Bools:
        """In nobody's hands, not answered, and not seen to have left."""
        ...

    @property
    def published_at(self) -> Floats:
        """By question; inf: no public answer yet."""
        ...

    @property
    def being_written(self) -> Bools:
        """By question: an advisor writes its public answer."""
        ...

    @property
    def asked(self) -> Ints:
        """By question: mentions matched to it so far."""
        ...

    def queue(self) -> Ints:
        """The places that wait, the oldest first."""
        ...

    def repeats(self) -> Ints:
        """The places of those who wrote again, by when they did; empties as they are answered."""
        ...

    def repeated_at(self) -> Floats:
        """When each of `repeats` wrote again."""
        ...

    def left(self) -> Floats:
        """How many posts each channel's account may still reserve now; inf: no limit."""
        ...

    def room(self, channel: int) -> tuple[Room, ...]:
        """The limits of a channel's account, in the order of the world."""
        ...

    def sent(self, channel: int) -> int:
        """Posts of ours on an account since the day began, those under way included."""
        ...


@dataclass(frozen=True, slots=True)
class Move:
    """What a free advisor does next. `place` is a mention, or the question to publish.

    `point` is a short reply that names a public answer; an advisor who finds that it does not fit
    writes a whole one. `repeat` answers somebody again who wrote again.
    """

    do: Do
    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One decision: a move or none, and who is passed over, by reason code.

    A place may be left out of `held` when it only waits for a free advisor.
    """

    move: Move | None = None
    held: Mapping[str, Ints] = field(default_factory=dict)


class Policy(Protocol):
    """How a desk spends its day."""

    name: str

    def start(self, known: Known) -> None:
        """Forget the day before; called once, before anything is heard."""
        ...

    def turn(self, view: View) -> Turn:
        """Decide; called again and again while an advisor is free, until there is no move.

        A move has to be possible: a waiting place, room on its account.
        """
        ...


# Reasons that several policies give; docs/drills.md says each in words.
NEXT = "next-in-turn"
FIRST_COME = "first-come"
MOST_FOLLOWED = "most-followed"
MANY_ASK = "many-ask"
ANSWER_IS_OUT = "answer-is-out"
ASKED_AGAIN = "asked-again"
NO_ROOM = "no-room"
ABUSE = "abuse"
PACED = "paced"
