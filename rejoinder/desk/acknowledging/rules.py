"""To whom the desk says by itself that nobody is there, and when somebody is. Pure.

Never in public, never in opening hours, never to a machine, once in a conversation, and once a day
to one person however many conversations they begin (as RFC 3834, section 2, asks of automatic
answers): two desks that write to each other fall silent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FRESH = timedelta(hours=6)  # what is older when it is heard is answered by people alone
QUIET = timedelta(days=1)  # between two words to one person


@dataclass(frozen=True, slots=True)
class Word:
    """Something that somebody wrote. `waits` is False for what a machine wrote, what was deleted
    and what was settled meanwhile; `reachable` says that its channel takes a private answer from a
    program. `told` and `told_person` are when the desk last wrote by itself.
    """

    number: int
    talk: int
    person: int
    written: datetime
    public: bool
    waits: bool
    reachable: bool
    told: datetime | None = None
    told_person: datetime | None = None


def due(words: Sequence[Word], now: datetime, *, is_open: bool, back: datetime | None) -> list[int]:
    """The numbers of those that are answered by the desk itself, in their order.

    `back` is when somebody is there again; nothing is said while nobody can tell.
    """
    if is_open or back is None or back <= now:
        return []
    talks: set[int] = set()
    people: set[int] = set()
    found = []
    for word in words:
        if _is_due(word, now) and word.talk not in talks and word.person not in people:
            talks.add(word.talk)
            people.add(word.person)
            found.append(word.number)
    return found


def _is_due(word: Word, now: datetime) -> bool:
    may = word.waits and word.reachable and not word.public
    fresh = now - word.written <= FRESH
    quiet = word.told_person is None or now - word.told_person >= QUIET
    return may and fresh and quiet and word.told is None
