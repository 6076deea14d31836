"""Where people can be reached, as they told it: sealed when heard, opened to answer them."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from rejoinder.privacy import originals
from rejoinder.privacy.models import SealedOriginal
from rejoinder.privacy.originals import NoOriginalError, Original
from rejoinder.team.models import Advisor

PURPOSES = ("care-reply", "callback", "legal-duty")


class Reach(NamedTuple):
    """One contact of a person, who is named as their channel names them."""

    channel: str
    person: str
    kind: str
    value: str


class Whose(NamedTuple):
    """Which contact of which person is asked for."""

    channel: str
    person: str
    kind: str


class _Sealed(NamedTuple):
    channel: str
    external_id: str


def seal(reaches: Sequence[Reach]) -> None:
    """Keep them in the transaction of the caller; of one kind the newest of each person."""
    rows = [Original(one.channel, _place(one.kind, one.person), one.value) for one in reaches]
    originals.seal(rows, PURPOSES)


def told(channel: str, people: Collection[str], kind: str) -> set[str]:
    """Those of these people who told a contact of this kind."""
    places = {_place(kind, person): person for person in people}
    rows = SealedOriginal.objects.filter(channel=channel, external_id__in=list(places))
    return {places[place] for place in rows.values_list("external_id", flat=True)}


def open_contact(whose: Whose, purpose: str, advisor: Advisor, why: str) -> str | None:
    """The contact, or None when the person told none of this kind.

    Logged before it returns; raises as `originals.open_original` does.
    """
    if not told(whose.channel, [whose.person], whose.kind):
        return None
    try:
        sealed = _Sealed(whose.channel, _place(whose.kind, whose.person))
        return originals.open_original(sealed, purpose, advisor, why)
    except NoOriginalError:
        return None


def _place(kind: str, person: str) -> str:
    return f"contact {kind} {person}"
