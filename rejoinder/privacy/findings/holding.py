"""What is kept of finders: their reports go with them."""

from collections.abc import Iterable
from typing import Any

from rejoinder.privacy.findings.receiving import CHANNEL
from rejoinder.privacy.models import Finding
from rejoinder.privacy.vault import Person


class Reported:
    """Reports, by the reference that their finder has."""

    name = "findings"

    def people(self) -> Iterable[Person]:
        for reference in Finding.objects.values_list("reference", flat=True).iterator():
            yield Person(CHANNEL, reference)

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [
            {
                "came_at": row.came_at.isoformat(),
                "where": row.where,
                "words": row.words,
                "credit": row.credit,
                "credit_name": row.credit_name,
                "told": [word.text for word in row.told.order_by("at", "pk")],
            }
            for row in _of(person)
        ]

    def erase(self, person: Person) -> int:
        """The report goes; an incident that was opened from it has masked facts, and stays."""
        rows = list(_of(person))
        for row in rows:
            row.delete()
        return len(rows)

    def tidy(self) -> None:
        """Nothing else holds it."""


def _of(person: Person) -> Iterable[Finding]:
    if person.channel != CHANNEL:
        return ()
    return Finding.objects.filter(reference=person.external_id)
