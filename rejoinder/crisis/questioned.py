"""Watches the questions that people ask now, each by its own minutes.

Which question a mention asks is found with care and a little later, so these minutes are judged
later than those of all mentions. The false alarms that are borne are shared out among them.
"""

from datetime import datetime, timedelta

from rejoinder.crisis import counting, raising
from rejoinder.crisis.counting import BIN
from rejoinder.crisis.surge.alarm import Alarm
from rejoinder.crisis.surge.people import People
from rejoinder.crisis.surge.surge import Surge
from rejoinder.listening.models import Question

LATER = timedelta(minutes=1)
LEARNED_FROM = timedelta(days=7)  # before a question was asked first, nobody asked it
ASKED_WITHIN = timedelta(days=1)
FEWEST = 5  # people
MOST = 200  # questions, those asked last
SHARED_BY = 10  # at least: a second question does not make the first one deaf


class _Question:
    """One question under watch; begins with what was asked of it in the last days."""

    def __init__(self, row: Question, until: datetime) -> None:
        self.row, self.until = row, until - LEARNED_FROM
        self.surge = Surge.begin(BIN)
        self.alarm: Alarm | None = None
        self._people = People()

    def count(self, ends: datetime, false_alarms: float) -> None:
        """Judge the minutes until `ends`; `alarm` is the last one that was raised."""
        self.surge.false_alarms = false_alarms
        rows = counting.of_question(self.row.pk, self.until, ends)
        for minute in counting.minutes(rows, self.until, ends, self._people, People()):
            self.alarm = self.surge.add(minute.at, minute.mentions) or self.alarm
        self.until = ends


class Questioned:
    """All of them; a question joins when enough people ask it, and leaves when nobody does."""

    def __init__(self) -> None:
        self._watched: dict[int, _Question] = {}

    def run(self, until: datetime, false_alarms: float) -> int:
        """Judge what is over by `until`, less a minute; how many alarms were raised."""
        ends = until - LATER
        asked = _asked(ends)
        self._watched = {row.pk: self._watched.get(row.pk) or _Question(row, ends) for row in asked}
        each = false_alarms / max(len(asked), SHARED_BY)
        return sum(_look(one, ends, each) for one in self._watched.values())


def _look(one: _Question, ends: datetime, false_alarms: float) -> int:
    one.count(ends, false_alarms)
    if one.surge.episode is None:
        raising.end(one.row, one.surge)
        return 0
    return raising.begin(one.row, one.alarm) if one.alarm else 0


def _asked(now: datetime) -> list[Question]:
    found = Question.objects.filter(
        dismissed_at=None, people__gte=FEWEST, last_at__gte=now - ASKED_WITHIN
    )
    return list(found.order_by("-last_at")[:MOST])
