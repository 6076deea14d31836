"""What came of answering, told of questions and needs and never of a person. Pure.

Mood: of the people who asked a question in the week before its answer was public, and of those in
the week from then on, the share whose last word about it was negative. It says what changed, not
why: others may have spoken, faults may have ended.

Back: of people who had their first answer of the time, the share who asked for something again
within seven days of it. Thanks and anger alone are no asking.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rejoinder.reporting.few import FEW
from rejoinder.reporting.work.share import Apart, Share, apart, share

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Said:
    """One word about a question: who, when, and whether its mood was read as negative."""

    person: int
    at: datetime
    negative: bool


@dataclass(frozen=True, slots=True)
class Mood:
    """Shares that were negative before and after; None where too few people spoke."""

    before: Share | None
    after: Share | None
    apart: Apart | None


def mood(said: Iterable[Said], public_at: datetime) -> Mood:
    """The weeks on either side of the moment at which the answer was public; it belongs to the
    second.
    """
    sides: tuple[dict[int, Said], dict[int, Said]] = ({}, {})
    for each in sorted(said, key=lambda one: one.at):
        if -WEEK <= each.at - public_at < WEEK:
            sides[each.at >= public_at][each.person] = each
    before, after = (_share([one.negative for one in side.values()]) for side in sides)
    return Mood(before, after, apart(before, after) if before and after else None)


@dataclass(frozen=True, slots=True)
class Helped:
    """Somebody's first answer of the time, with the need of the conversation."""

    person: int
    need: int
    at: datetime


def came_back(
    helped: Iterable[Helped], asked: Mapping[int, Sequence[datetime]], now: datetime
) -> dict[int, Share | None]:
    """By need, in the order of the queue; None where too few people are in it.

    `asked` is when each person asked for something. Whose seven days are not over is left out,
    else whoever was answered a moment ago would look content.
    """
    again: dict[int, list[bool]] = defaultdict(list)
    for each in helped:
        if each.at + WEEK <= now:
            later = (at for at in asked.get(each.person, ()) if each.at < at <= each.at + WEEK)
            again[each.need].append(any(later))
    return {need: _share(again[need]) for need in sorted(again)}


def _share(values: Sequence[bool]) -> Share | None:
    return share(sum(values), len(values)) if len(values) >= FEW else None
