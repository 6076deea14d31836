"""Waits in groups: whole, by need, channel, hour, area, advisor; few people are no statistic."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from rejoinder.reporting.few import FEW
from rejoinder.reporting.survival import Curve, curve
from rejoinder.reporting.wait import Wait

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one need, channel, hour, area or advisor; few are not shown: `waited` is None."""

    key: Any
    waited: Curve | None


def whole(waits: Sequence[Wait]) -> Group:
    """All of them together."""
    return _group(None, waits)


def by_need(waits: Iterable[Wait]) -> list[Group]:
    """In the order of the queue."""
    return _by(waits, lambda wait: wait.need)


def by_channel(waits: Iterable[Wait]) -> list[Group]:
    """In the order of their names."""
    return _by(waits, lambda wait: wait.channel)


def by_hour(waits: Iterable[Wait], zone: tzinfo) -> list[Group]:
    """By the hour of the day, 0 to 23 on the clock of the house, in which they began."""
    return _by(waits, lambda wait: wait.began.astimezone(zone).hour)


def by_area(waits: Iterable[Wait], area_of: Callable[[Wait], int | None]) -> list[Group]:
    """By the area (its pk) that they belong to, in the order of these numbers; 0 for none."""
    return _by(waits, lambda wait: area_of(wait) or 0)


def by_advisor(waits: Iterable[Wait]) -> list[Group]:
    """Those that were answered, by who answered (a pk)."""
    return _by((wait for wait in waits if wait.advisor is not None), lambda wait: wait.advisor)


def waited(seconds: npt.ArrayLike, answered: npt.ArrayLike) -> Curve | None:
    """From each wait and whether an answer ended it; None of few people."""
    return curve(seconds, answered) if len(np.asarray(seconds)) >= FEW else None


def _by(waits: Iterable[Wait], key: Callable[[Wait], Any]) -> list[Group]:
    found: dict[Any, list[Wait]] = defaultdict(list)
    for wait in waits:
        found[key(wait)].append(wait)
    return [_group(each, found[each]) for each in sorted(found)]


def _group(key: Any, waits: Sequence[Wait]) -> Group:
    return Group(key, waited([w.seconds for w in waits], [w.answered for w in waits]))
