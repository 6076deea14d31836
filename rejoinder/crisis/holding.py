"""What the crisis room holds about a person: which places they named."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from rejoinder.crisis.models import Naming
from rejoinder.privacy.vault import Person


class Named:
    """Places in what somebody wrote; they go with the words."""

    name = "crisis"

    def people(self) -> Iterable[Person]:
        return ()

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [
            {"kind": "place", "at": row.at.isoformat(), "place": row.place, "area": row.area}
            for row in _rows(person).order_by("pk")
        ]

    def erase(self, person: Person) -> int:
        return Naming.objects.filter(
            pk__in=list(_rows(person).values_list("pk", flat=True))
        ).delete()[0]

    def tidy(self) -> None:
        """Rows are all there is."""


def _rows(person: Person) -> QuerySet[Naming]:
    return Naming.objects.filter(
        mention__person__channel=person.channel,
        mention__person__external_id=person.external_id,
        mention__ours=False,
    )
