"""How it speaks to the person: abuse in kind, glibness, blame, advertising, and what a crisis asks.

Source of the rules: LOOK.md's words, and what readers answered to a team that joked through an
outage: stooping to abuse, and a glib word to somebody who leaves, are missed chances. Pure.
"""

from collections.abc import Iterator

from rejoinder.desk.cues import Folded, Place, cues, fold
from rejoinder.desk.tone.kinds import Hint, Kind, Spoken
from rejoinder.desk.tone.say import kinder, language


def found(one: Spoken, folded: Folded, *, trouble: bool) -> Iterator[Hint]:
    """Hints on the manner."""
    known = cues(__package__, "manner")
    crisis = one.tone != "usual"
    for place in known.places("abuse_back", folded):
        yield _hint(one, Kind.ABUSE_BACK, place, _instead(one))
    if trouble or crisis:
        for place in known.places("glib", folded):
            yield _hint(one, Kind.GLIB, place, _instead(one))
    if one.urgent:
        for place in known.places("light", folded):
            yield _hint(one, Kind.GLIB, place, "")
    for place in known.places("blame", folded):
        yield _hint(one, Kind.BLAME, place, None)
    yield from _selling(one, folded, trouble=trouble, crisis=crisis)
    if one.tone == "careful":
        for place in known.places("cause", folded):
            yield _hint(one, Kind.CAUSE, place, None)


def _selling(one: Spoken, folded: Folded, *, trouble: bool, crisis: bool) -> Iterator[Hint]:
    kind = Kind.OFFER if crisis else Kind.LINK
    if trouble or crisis:
        for place in cues(__package__, "manner").places("sells", folded):
            yield _hint(one, kind, place, None)


def _hint(one: Spoken, kind: Kind, place: Place, instead: str | None) -> Hint:
    return Hint(kind, place.start, place.end, one.text[place.start : place.end], instead)


def _instead(one: Spoken) -> str | None:
    """To somebody who leaves there is something better to say."""
    leaves = cues(__package__, "manner").has("leaves", fold(" ".join(one.said)))
    return kinder(language(one.text)) if leaves else None
