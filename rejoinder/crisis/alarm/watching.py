"""Counts what is heard, minute by minute, and raises an alarm when it is more than usual.

After a stop it counts on from where it was; on a desk that was never watched it learns from what
was kept of the last weeks. Of questions and areas nothing is stored: their mentions are few and
counted anew.
"""

from datetime import UTC, datetime, timedelta

import msgspec
from django.db import transaction

from rejoinder.crisis.alarm import counting, raising
from rejoinder.crisis.alarm.counting import BIN, Minute
from rejoinder.crisis.alarm.questioned import Questioned
from rejoinder.crisis.alarm.regional import Regional
from rejoinder.crisis.models import Watching
from rejoinder.crisis.surge.people import People
from rejoinder.crisis.surge.surge import Surge
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.team import holidays

LAG = timedelta(seconds=3)  # that triage may take with a mention
LEARNED_FROM = timedelta(days=28)
STRETCH = timedelta(hours=6)  # counted at once when there is much to catch up with
SAVED_EVERY = timedelta(minutes=10)
# Of the false alarms that are borne: for all mentions, for questions, for areas.
ALL, QUESTIONS, AREAS = 0.5, 0.25, 0.25


class Watcher:
    """Call `run` every few seconds, in one process."""

    def __init__(self) -> None:
        self._row: Watching | None = None
        self._saved_at: datetime | None = None
        self._people, self._troubled = People(), People()
        self._questioned, self._regional = Questioned(), Regional()

    def run(self) -> int:
        """Count what is over; how many alarms were raised."""
        now = clock.now()
        row = self._row or self._load(now)
        ends = _minute(now - LAG)
        if row.until is None or row.until >= ends:
            return 0
        self._tune(row)
        raised = 0
        while row.until < ends:
            raised += self._count(row, row.until, min(ends, row.until + STRETCH))
        raised += self._questioned.run(ends, row.false_alarms * QUESTIONS)
        return raised + self._regional.run(ends, row.false_alarms * AREAS, row.zone)

    def _load(self, now: datetime) -> Watching:
        """Go on where it was stopped, or begin with what is kept of the last weeks."""
        self._row = row = watching()
        if row.state:
            self._surge = msgspec.json.decode(row.state, type=Surge)
        else:
            row.until = _first(now)
            self._surge = Surge.begin(BIN, problems=True, zone=row.zone)
        if row.until:  # who was counted in the hour before
            before = row.until - timedelta(hours=1)
            for _ in self._minutes(before, row.until, heard=counting.newest()):
                pass
        return row

    def _minutes(self, begins: datetime, ends: datetime, *, heard: int) -> list[Minute]:
        rows = counting.rows(begins, ends, heard)
        return list(counting.minutes(rows, begins, ends, self._people, self._troubled))

    def _count(self, row: Watching, begins: datetime, ends: datetime) -> int:
        """Judge these minutes; write down alarms, ends of episodes, and now and then the state."""
        heard = counting.newest()
        with transaction.atomic():
            minutes = self._minutes(begins, ends, heard=row.heard)
            raised = sum(self._judge(minute) for minute in minutes)
            row.until, row.heard = ends, heard
            if raised or self._saved_at is None or ends - self._saved_at >= SAVED_EVERY:
                self._save(row)
        return raised

    def _judge(self, minute: Minute) -> int:
        surge = self._surge
        alarm = surge.add(minute.at, minute.mentions, minute.problems)
        if surge.episode is None:
            raising.end(raising.EVERYTHING, surge)
        return raising.begin(raising.EVERYTHING, alarm) if alarm else 0

    def _tune(self, row: Watching) -> None:
        """As somebody may have set it meanwhile."""
        row.refresh_from_db(fields=["false_alarms", "zone", "place"])
        self._surge.false_alarms = row.false_alarms * ALL
        year = clock.now().year
        days = holidays.between(row.place, year - 1, year + 1)
        for stream in (self._surge.every, self._surge.problems):
            if stream:
                stream.baseline.zone, stream.baseline.holidays = row.zone, days

    def _save(self, row: Watching) -> None:
        row.state = msgspec.json.encode(self._surge).decode()
        row.save(update_fields=["until", "heard", "state"])
        self._saved_at = row.until


def watching() -> Watching:
    """The one row."""
    return Watching.objects.get_or_create(pk=1)[0]


def _minute(at: datetime) -> datetime:
    return datetime.fromtimestamp(at.timestamp() // BIN * BIN, UTC)


def _first(now: datetime) -> datetime:
    """Where a desk that was never watched begins: its first mention, or some weeks back."""
    kept = Mention.objects.filter(created_at__gte=now - LEARNED_FROM, created_at__lte=now)
    first = kept.order_by("created_at").values_list("created_at", flat=True).first()
    return _minute(first or now)
