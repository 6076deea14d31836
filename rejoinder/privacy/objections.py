"""Who asked us not to listen: known by a blinded name alone, also after everything was erased."""

from collections.abc import Collection

from rejoinder.plumbing import clock
from rejoinder.privacy.models import Objection
from rejoinder.privacy.vault import keys
from rejoinder.privacy.vault.keys import Person
from rejoinder.team.models import Advisor


def add(person: Person, by: Advisor) -> None:
    """From now on, in the transaction of the caller."""
    blind = keys.blinds([person])[person]
    Objection.objects.get_or_create(blind=blind, defaults={"at": clock.now(), "by": by})


def end(person: Person) -> None:
    """They want to be heard again."""
    Objection.objects.filter(blind=keys.blinds([person])[person]).delete()


def of(people: Collection[Person]) -> set[Person]:
    """Those of these people who objected."""
    if not Objection.objects.exists():
        return set()
    blinds = keys.blinds(people)
    rows = Objection.objects.filter(blind__in=list(blinds.values()))
    known = set(rows.values_list("blind", flat=True))
    return {person for person, blind in blinds.items() if blind in known}
