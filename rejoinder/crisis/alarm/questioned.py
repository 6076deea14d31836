"""Watches the questions that people ask now, each by its own minutes.

Which question a mention asks is found with care and a little later, so these minutes are judged
later than those of all mentions. The false alarms that are borne are shared out among them.
"""

from datetime import datetime, timedelta
from functools import partial

from rejoinder.crisis.alarm import counting, stream
from rejoinder.crisis.alarm.raising import Subject
from rejoinder.crisis.alarm.stream import Stream
from rejoinder.listening.models import Question

LATER = timedelta(minutes=1)
LEARNED_FROM = timedelta(days=7)  # before a question was asked first, nobody asked it
ASKED_WITHIN = timedelta(days=1)
FEWEST = 5  # people
MOST = 200  # questions, those asked last
SHARED_BY = 10  # at least: a second question does not make the first one deaf


class Questioned:
    """All of them; a question joins when enough people ask it, and leaves when nobody does."""

    def __init__(self) -> None:
        self._watched: dict[int, Stream] = {}

    def run(self, until: datetime, false_alarms: float) -> int:
        """Judge what is over by `until`, less a minute; how many alarms were raised."""
        ends = until - LATER
        asked = _asked(ends)
        self._watched = {row.pk: self._watched.get(row.pk) or _begin(row, ends) for row in asked}
        each = false_alarms / max(len(asked), SHARED_BY)
        return sum(one.look(ends, each) for one in self._watched.values())


def _begin(row: Question, ends: datetime) -> Stream:
    rows = partial(counting.of_question, row.pk)
    surge = stream.begin(problems=False)
    return Stream(Subject(question=row), rows, ends - LEARNED_FROM, surge)


def _asked(now: datetime) -> list[Question]:
    found = Question.objects.filter(
        dismissed_at=None, people__gte=FEWEST, last_at__gte=now - ASKED_WITHIN
    )
    return list(found.order_by("-last_at")[:MOST])
