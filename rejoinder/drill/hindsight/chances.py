"""What could be done for each mention of a day, knowing all of it. Pure."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.day import Day
from rejoinder.drill.world import DAY_S, HOUR_S, World

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

LATE = 0.5  # of its worth is left of an answer after the hour
WITHIN_S = HOUR_S


@dataclass(frozen=True, slots=True)
class Chances:
    """Arrays over the mentions that an answer is worth anything to; seconds from the start.

    Personal replies begin between `at` and `until` and take `handling_s`, or `pointer_s` from
    `points_from` on (inf: never). `unasked` is what the earliest public answer is worth to them
    without any reply. `earliest` is that moment for each question, inf where nobody asks. `kept`:
    a limit may shut without notice, and a reply be written long before it is posted.
    """

    worth: Floats
    at: Floats
    until: Floats
    channel: Ints
    question: Ints
    handling_s: Floats
    pointer_s: Floats
    points_from: Floats
    unasked: Floats
    earliest: Floats
    kept: bool

    def __len__(self) -> int:
        return len(self.at)

    def some(self, which: slice | Ints) -> "Chances":
        """Those of some mentions; the questions stay."""
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        whole = ("earliest", "kept")
        return replace(
            self, **{name: array[which] for name, array in arrays.items() if name not in whole}
        )

    @property
    def due(self) -> Floats:
        """When the hour is over."""
        return self.at + WITHIN_S


def chances(world: World, day: Day) -> Chances:
    """The chances of a day.

    A public answer is never out before its question was first asked, or somebody was taken to ask
    it, and it was written: no desk knows the question earlier.
    """
    earliest = _earliest(world, day)
    worth = np.array(world.worth())[day.need]
    some = np.flatnonzero(worth > 0)
    at, question = day.at[some], day.question[some]
    out = np.append(earliest, np.inf)[question]
    gone = at + day.patience_s[some]
    sees_at = np.maximum(at, out) + day.sees_after_s[some]
    seen = np.where(day.sees[some] & (sees_at <= gone), _share(sees_at - at), 0.0)
    spared = day.deflected[some] & (out <= at)
    points_from = np.where(day.settles[some], np.maximum(at, out), np.inf)
    return Chances(
        worth=worth[some],
        at=at,
        until=np.minimum(gone, DAY_S),
        channel=day.channel[some],
        question=question,
        handling_s=day.handling_s[some],
        pointer_s=day.pointer_s[some],
        points_from=points_from,
        unasked=worth[some] * np.where(spared, 1.0, seen),
        earliest=earliest,
        kept=bool(world.cuts or world.clients),
    )


def _earliest(world: World, day: Day) -> Floats:
    """When each question's answer can be out at the earliest."""
    first = np.full(len(world.questions), np.inf)
    for question in (day.question, day.seen_question):
        asked = question >= 0
        np.minimum.at(first, question[asked], day.at[asked])
    return first + world.writing_s


def _share(delay_s: Floats) -> Floats:
    return np.where(delay_s <= WITHIN_S, 1.0, LATE)
