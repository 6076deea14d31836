"""Waits in groups: by need, by channel, and whole; few people are nobody's statistic."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rejoinder.reporting.few import FEW
from rejoinder.reporting.survival import Curve, curve
from rejoinder.reporting.wait import Wait

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one need or channel; `waited` is None when they are too few to be shown."""

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


def _by(waits: Iterable[Wait], key: Callable[[Wait], Any]) -> list[Group]:
    found: dict[Any, list[Wait]] = defaultdict(list)
    for wait in waits:
        found[key(wait)].append(wait)
    return [_group(each, found[each]) for each in sorted(found)]


def _group(key: Any, waits: Sequence[Wait]) -> Group:
    if len(waits) < FEW:
        return Group(key, None)
    return Group(key, curve([w.seconds for w in waits], [w.answered for w in waits]))
