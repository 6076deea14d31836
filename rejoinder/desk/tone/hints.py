"""All hints of a batch of replies. Pure."""

from collections.abc import Iterator, Sequence

from rejoinder.desk.cues import Folded, cues, fold
from rejoinder.desk.tone import manner, owed, own, reading
from rejoinder.desk.tone.kinds import Hint, Kind, Spoken

SHOWN = 3  # hints at a time: more is a lecture
_ORDER = {kind: place for place, kind in enumerate(Kind)}


def hints(spoken: Sequence[Spoken]) -> list[tuple[Hint, ...]]:
    """For each reply its hints, the weightiest first; at most one of a kind, and few."""
    return [_few(_all(one, fold(one.text))) for one in spoken]


def _all(one: Spoken, folded: Folded) -> Iterator[Hint]:
    trouble = in_trouble(one)
    yield from manner.found(one, folded, trouble=trouble)
    yield from owed.found(one, folded)
    yield from own.found(one)
    yield from reading.found(one, folded)


def in_trouble(one: Spoken) -> bool:
    """Whether the person is: read so, or their words say so."""
    known = cues(__package__, "manner")
    return one.urgent or one.trouble or any(known.has("trouble", fold(said)) for said in one.said)


def _few(found: Iterator[Hint]) -> tuple[Hint, ...]:
    first: dict[Kind, Hint] = {}
    for hint in found:
        first.setdefault(hint.kind, hint)
    return tuple(sorted(first.values(), key=lambda hint: _ORDER[hint.kind]))[:SHOWN]
