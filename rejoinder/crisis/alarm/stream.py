"""One count beside that of all mentions, judged minute by minute: of a question, or of an area."""

from collections.abc import Callable
from datetime import datetime

from rejoinder.crisis.alarm import counting, raising
from rejoinder.crisis.alarm.counting import BIN, Row
from rejoinder.crisis.alarm.raising import Subject
from rejoinder.crisis.surge.alarm import Alarm
from rejoinder.crisis.surge.people import People
from rejoinder.crisis.surge.surge import Surge

Rows = Callable[[datetime, datetime], list[Row]]


class Stream:
    """Under watch from `since` on; each person counts once an hour."""

    def __init__(self, subject: Subject, rows: Rows, since: datetime, surge: Surge) -> None:
        self._subject, self._rows, self._until, self._surge = subject, rows, since, surge
        self._alarm: Alarm | None = None
        self._people, self._troubled = People(), People()

    def look(self, ends: datetime, false_alarms: float) -> int:
        """Judge the minutes until `ends`; how many alarms were raised."""
        self._surge.false_alarms = false_alarms
        rows = self._rows(self._until, ends)
        for minute in counting.minutes(rows, self._until, ends, self._people, self._troubled):
            seen = self._surge.add(minute.at, minute.mentions, minute.problems)
            self._alarm = seen or self._alarm
        self._until = ends
        if self._surge.episode is None:
            raising.end(self._subject, self._surge)
            return 0
        return raising.begin(self._subject, self._alarm) if self._alarm else 0


def begin(*, problems: bool, zone: str = "UTC") -> Surge:
    """A count without history, by the minute."""
    return Surge.begin(BIN, problems=problems, zone=zone)
