"""Where people can be reached, as they told it: sealed when heard, opened to answer them."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from rejoinder.privacy import vault
from rejoinder.privacy.models import Cell
from rejoinder.privacy.vault import Person, Place, Value
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


def seal(reaches: Sequence[Reach]) -> None:
    """Keep them in the transaction of the caller; of one kind the newest of each person."""
    names = vault.subjects([Person(one.channel, one.person) for one in reaches])
    values = [
        Value(Place(names[Person(one.channel, one.person)], one.kind), one.value) for one in reaches
    ]
    vault.seal(values, PURPOSES)


def told(channel: str, people: Collection[str], kind: str) -> set[str]:
    """Those of these people who told a contact of this kind."""
    names = vault.find([Person(channel, person) for person in people])
    cells = Cell.objects.filter(subject__in=names.values(), field=kind, item="")
    have = set(cells.values_list("subject", flat=True))
    return {person.external_id for person, subject in names.items() if subject in have}


def open_contact(whose: Whose, purpose: str, advisor: Advisor, why: str) -> str | None:
    """The contact, or None when the person told none of this kind; raises as `vault.open` does."""
    if not told(whose.channel, [whose.person], whose.kind):
        return None
    person = Person(whose.channel, whose.person)
    subject = vault.find([person]).get(person, "")
    try:
        return vault.open(subject, whose.kind, purpose, advisor, why)
    except vault.NothingSealedError:
        return None
