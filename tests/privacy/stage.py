"""People whose contact points lie in the vault."""

from collections.abc import Collection

from rejoinder.privacy import vault
from rejoinder.privacy.vault import Person, Place, Value

TOM, TINA, GRANNY = (Person("pretend", name) for name in ("tom", "tina", "granny smith"))
NUMBERS = {TOM: "07700 900123", TINA: "07700 900456", GRANNY: "07700 900789"}
WHY = "asked to be called"


def keep(
    person: Person, field: str = "phone", purposes: Collection[str] = ("callback", "care-reply")
) -> str:
    """The person's number kept in a field; their pseudonym."""
    subject = vault.subjects([person])[person]
    vault.seal([Value(Place(subject, field), NUMBERS[person])], purposes)
    return subject
