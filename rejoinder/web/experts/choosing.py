"""Whom one can ask, as a choice: a whole area, or one expert of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.desk.models import BusinessArea, Expert


@dataclass(frozen=True, slots=True)
class Choice:
    """One area: its value for everybody in it, and each expert with theirs."""

    name: str
    everybody: str
    experts: Sequence[tuple[str, str]]
    proposed: bool = False


def choices(areas: Sequence[BusinessArea], proposed: BusinessArea | None = None) -> list[Choice]:
    """These areas; the one that is proposed is chosen already."""
    return [
        Choice(
            each.name,
            f"area-{each.pk}",
            [(f"expert-{one.pk}", one.name) for one in each.experts.all()],
            each == proposed,
        )
        for each in areas
    ]


def chosen(given: str, areas: Sequence[BusinessArea]) -> list[Expert]:
    """Who was chosen among these; nobody for what is no choice."""
    for area in areas:
        there = list(area.experts.all())
        if given == f"area-{area.pk}":
            return there
        for one in there:
            if given == f"expert-{one.pk}":
                return [one]
    return []
