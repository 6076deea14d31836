"""What a reply asks for: secrets never, and nothing personal where everybody can answer. Pure."""

from collections.abc import Iterator

from rejoinder.desk.cues import Folded, Place, cues
from rejoinder.desk.guard.kinds import Finding, Kind

_STOPS = ".!?\n"


def secrets(folded: Folded) -> Iterator[Finding]:
    """Where a PIN, a password or the like is asked for; saying that we never do is no asking."""
    yield from _asked("asks_secret", "never", Kind.SECRET, folded)


def in_public(folded: Folded) -> Iterator[Finding]:
    """Where personal data is asked for, with no private way named in the same sentence."""
    yield from _asked("asks_personal", "in_private", Kind.ASKS_PERSONAL, folded)


def _asked(concept: str, unless: str, kind: Kind, folded: Folded) -> Iterator[Finding]:
    known = cues(__package__, "asking")
    for place in known.places(concept, folded):
        if not known.has(unless, _sentence(folded, place)):
            yield Finding(kind, place.start, place.end)


def _sentence(folded: Folded, place: Place) -> Folded:
    """The sentence that a place stands in."""
    begin = next(at for at, where in enumerate(folded.places) if where >= place.start)
    start = max(folded.text.rfind(stop, 0, begin) for stop in _STOPS) + 1
    ends = [folded.text.find(stop, begin) for stop in _STOPS]
    end = min((at for at in ends if at >= 0), default=len(folded.text))
    return Folded(folded.text[start:end], folded.places[start : end + 1])
