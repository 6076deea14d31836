"""Watches the areas that people name now, each by its own minutes, problems counted apart.

The false alarms that are borne are shared out among them, as among questions.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import Count

from rejoinder.crisis.alarm import counting, stream
from rejoinder.crisis.alarm.raising import Subject
from rejoinder.crisis.alarm.stream import Stream
from rejoinder.crisis.models import Naming

LATER = timedelta(minutes=1)  # places are looked for a little behind triage
LEARNED_FROM = timedelta(days=28)
NAMED_WITHIN = timedelta(days=1)
FEWEST = 5  # people
MOST = 100  # areas, those named most
SHARED_BY = 10


class Regional:
    """All of them; an area joins when enough people name it, and leaves when nobody does."""

    def __init__(self) -> None:
        self._watched: dict[str, Stream] = {}

    def run(self, until: datetime, false_alarms: float, zone: str) -> int:
        """Judge what is over by `until`, less a minute; how many alarms were raised."""
        ends = until - LATER
        named = _named(ends)
        self._watched = {
            area: self._watched.get(area) or _begin(area, ends, zone) for area in named
        }
        each = false_alarms / max(len(named), SHARED_BY)
        return sum(one.look(ends, each) for one in self._watched.values())


def _begin(area: str, ends: datetime, zone: str) -> Stream:
    rows = partial(counting.of_area, area)
    surge = stream.begin(problems=True, zone=zone)
    return Stream(Subject(area=area), rows, ends - LEARNED_FROM, surge)


def _named(now: datetime) -> list[str]:
    lately = Naming.objects.filter(at__gte=now - NAMED_WITHIN).order_by()
    counted = lately.values("area").annotate(people=Count("mention__person_id", distinct=True))
    most = counted.filter(people__gte=FEWEST).order_by("-people", "area")
    return list(most.values_list("area", flat=True)[:MOST])
