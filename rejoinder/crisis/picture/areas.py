"""How many people name each area, and which places most."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from rejoinder.crisis.models import Naming
from rejoinder.listening.read.words import PROBLEMS

PLACES = 4  # shown of an area


@dataclass(frozen=True, slots=True)
class Area:
    """Of one area: people who named it, of whom so many report a problem, and its places."""

    name: str
    people: int
    problems: int
    places: tuple[tuple[str, int], ...]


def areas(since: datetime, until: datetime) -> list[Area]:
    """Each person counts once for an area; the one most people name is first."""
    named = Naming.objects.filter(at__gte=since, at__lt=until, mention__ours=False).order_by()
    by_area = defaultdict(list)
    for area, place, many in _by_place(named):
        by_area[area].append((place, many))
    return [
        Area(name, people, problems, tuple(by_area[name][:PLACES]))
        for name, people, problems in _by_area(named)
    ]


def _by_area(named: QuerySet[Naming]) -> QuerySet[Naming, tuple[str, int, int]]:
    troubled = Q(mention__intent__in=PROBLEMS)
    counted = named.values("area").annotate(
        people=Count("mention__person_id", distinct=True),
        problems=Count("mention__person_id", distinct=True, filter=troubled),
    )
    return counted.order_by("-people", "area").values_list("area", "people", "problems")


def _by_place(named: QuerySet[Naming]) -> QuerySet[Naming, tuple[str, str, int]]:
    counted = named.values("area", "place").annotate(
        people=Count("mention__person_id", distinct=True)
    )
    return counted.order_by("-people", "place").values_list("area", "place", "people")
