"""What each room holds about people: higher rooms register it, so that nothing is forgotten."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from rejoinder.privacy.vault import Person


class Holding(Protocol):
    """The personal data of one room. Each call is about one person, by all their names."""

    name: str

    def people(self) -> Iterable[Person]:
        """Everybody whom this room knows by name; nothing where it knows them through another."""
        ...

    def export(self, person: Person) -> list[dict[str, Any]]:
        """What there is about them, as plain values; of other people nothing."""
        ...

    def erase(self, person: Person) -> int:
        """Take it away, in the caller's transaction; how many rows were about them."""
        ...

    def tidy(self) -> None:
        """After that transaction: rewrite what still holds it though no row does."""
        ...


_holdings: list[Holding] = []


def register(holding: Holding) -> None:
    """Call it when the room is made ready; rooms are made ready from the lowest to the highest."""
    _holdings.append(holding)


def everywhere() -> Sequence[Holding]:
    """Every holding, of higher rooms first: they find what is theirs through the lower ones."""
    return tuple(reversed(_holdings))
