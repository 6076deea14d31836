"""What the desk knows of a day while it lasts: the view that policies are given. Pure."""

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.day import Day
from rejoinder.drill.policies import Room
from rejoinder.drill.spending import Spending

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


class Sight:
    """The mentions heard so far by place, the public answers, and what is left on each account.

    Nothing of the day is held that was not heard: columns grow as mentions come.
    """

    def __init__(self, day: Day, questions: int, spending: Spending) -> None:
        count = len(day)
        self.now = 0.0
        self.heard = 0
        self.on_duty = 0
        self.free = 0
        self.published_at: Floats = np.full(questions, np.inf)
        self.being_written: Bools = np.zeros(questions, dtype=bool)
        self.asked: Ints = np.zeros(questions, dtype=np.intp)
        self.place_of: list[int] = [-1] * count
        self.mention_of: list[int] = []
        self._floats: Floats = np.zeros((2, count))
        self._ints: Ints = np.zeros((4, count), dtype=np.intp)
        self._waiting: Bools = np.zeros(count, dtype=bool)
        self._queue: Ints | None = None
        self._repeats: dict[int, float] = {}
        self._spending = spending
        self._left: Floats | None = None

    @property
    def at(self) -> Floats:
        return self._floats[0, : self.heard]

    @property
    def followers(self) -> Floats:
        return self._floats[1, : self.heard]

    @property
    def person(self) -> Ints:
        return self._ints[0, : self.heard]

    @property
    def channel(self) -> Ints:
        return self._ints[1, : self.heard]

    @property
    def need(self) -> Ints:
        return self._ints[2, : self.heard]

    @property
    def question(self) -> Ints:
        return self._ints[3, : self.heard]

    @property
    def waiting(self) -> Bools:
        return self._waiting[: self.heard]

    def queue(self) -> Ints:
        """The places that wait, the oldest first."""
        if self._queue is None:
            self._queue = np.flatnonzero(self.waiting)
        return self._queue

    def repeats(self) -> Ints:
        return np.fromiter(self._repeats, dtype=np.intp, count=len(self._repeats))

    def repeated_at(self) -> Floats:
        return np.fromiter(self._repeats.values(), dtype=float, count=len(self._repeats))

    def left(self) -> Floats:
        if self._left is None:
            self._left = self._spending.left(self.now)
        return self._left

    def room(self, channel: int) -> tuple[Room, ...]:
        return self._spending.room(channel, self.now)

    def sent(self, channel: int) -> int:
        return self._spending.accounts[channel].sent

    def hear(self, day: Day, mention: int) -> int:
        """Add a mention that just came; its place."""
        place = self.heard
        self._floats[:, place] = day.at[mention], day.followers[mention]
        self._ints[:, place] = (
            day.person[mention],
            day.channel[mention],
            day.seen_need[mention],
            day.seen_question[mention],
        )
        self.place_of[mention] = place
        self.mention_of.append(mention)
        self.heard += 1
        if (question := day.seen_question[mention]) >= 0:
            self.asked[question] += 1
        self.wait(place)
        return place

    def wait(self, place: int) -> None:
        """Put a place in the queue, where its age says."""
        self._waiting[place] = True
        self._queue = None

    def stop_waiting(self, place: int) -> None:
        self._waiting[place] = False
        self._queue = None

    def repeat(self, place: int, at: float) -> None:
        """Somebody wrote again."""
        self._repeats[place] = at

    def answer_repeat(self, place: int) -> None:
        self._repeats.pop(place, None)

    def turn_to(self, now: float) -> None:
        """Move on in time."""
        self.now = now
        self._left = None

    def spent(self) -> None:
        """Look at the accounts again."""
        self._left = None
