"""What became of conversations that one colleague handed to another, by need. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rejoinder.reporting.few import FEW


@dataclass(frozen=True, slots=True)
class Handed:
    """One handover: whose conversation, when, due when if it was said, and when the person had a
    reply or the conversation was closed after it.
    """

    need: int
    person: int
    at: datetime
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """Of one need. None where too few people are in it. `dated` had a moment, `kept` of them
    were done by then, `late` were not though it has passed.
    """

    need: int
    people: int | None
    handovers: int | None
    dated: int | None
    kept: int | None
    late: int | None


def by_need(handed: Iterable[Handed], now: datetime) -> list[Row]:
    """In the order of the queue."""
    found: dict[int, list[Handed]] = defaultdict(list)
    for each in handed:
        found[each.need].append(each)
    return [_row(need, found[need], now) for need in sorted(found)]


def _row(need: int, some: list[Handed], now: datetime) -> Row:
    people = len({each.person for each in some})
    if people < FEW:
        return Row(need, None, None, None, None, None)
    dated = [(each.due_at, each.done_at) for each in some if each.due_at]
    kept = sum(done is not None and done <= due for due, done in dated)
    passed = sum(due < now and (done is None or done > due) for due, done in dated)
    return Row(need, people, len(some), len(dated), kept, passed)
