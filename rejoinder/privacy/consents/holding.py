"""What somebody agreed to is theirs: shown to them, and gone with them."""

from collections.abc import Iterable
from typing import Any

from rejoinder.privacy import vault
from rejoinder.privacy.consents import keeping
from rejoinder.privacy.models import Consent
from rejoinder.privacy.vault import Person


class Agreed:
    """Each answer, by the pseudonym of the vault."""

    name = "consents"

    def people(self) -> Iterable[Person]:
        """Nobody by name: the rooms that heard them know it."""
        return ()

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [
            {
                "words": row.words,
                "contact": row.field,
                "purpose": row.purpose,
                "said": "no" if row.end == Consent.End.REFUSED else "yes",
                "at": row.said_at.isoformat(),
                "until": row.last_day.isoformat(),
                "ended_at": row.ended_at.isoformat() if row.ended_at else "",
                "ended": row.end,
            }
            for row in keeping.said_by(person)
        ]

    def erase(self, person: Person) -> int:
        """Before the pseudonym goes: nothing leads to these rows afterwards."""
        subject = vault.find([person]).get(person)
        return Consent.objects.filter(subject=subject).delete()[0] if subject else 0

    def tidy(self) -> None:
        """Nothing else holds it."""
