"""Writes down alarms and their ends, and lets open pages know."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rejoinder.crisis.alarm import sentence
from rejoinder.crisis.alarm.counting import BIN
from rejoinder.crisis.models import Alarm, Planned
from rejoinder.crisis.surge import alarm as seen
from rejoinder.crisis.surge.surge import Surge
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.config import config
from rejoinder.team import audit
from rejoinder.team.notify import calls
from rejoinder.team.notify.said import Said


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted: a question, an area, or all mentions."""

    question: Question | None = None
    area: str = ""


EVERYTHING = Subject()


def begin(subject: Subject, alarm: seen.Alarm) -> int:
    """1 for an alarm that was not written down before.

    Questions and areas are counted anew after a restart: while an alarm is open there is no other.
    """
    if subject != EVERYTHING and _open(subject).exists():
        return 0
    at = _moment(alarm.at + BIN)
    planned = Planned.objects.filter(begins__lte=at, ends__gt=at, ended_at=None).first()
    row, new = Alarm.objects.get_or_create(
        question=subject.question,
        area=subject.area,
        at=at,
        defaults={
            "raised_at": clock.now(),
            "score": alarm.score,
            "seconds": alarm.mentions.seconds,
            "came": alarm.mentions.came,
            "usual": alarm.mentions.usual,
            "problems_came": alarm.problems.came if alarm.problems else None,
            "problems_usual": alarm.problems.usual if alarm.problems else None,
            "planned": planned,
        },
    )
    if new:
        audit.line(None, "raised an alarm", row.public_id, score=round(alarm.score, 4))
        # While the whole desk is loud, people are called already: areas would ring twelve times.
        if planned is None and not (subject.area and _open(EVERYTHING).exists()):
            calls.call(about(row), lambda: _said(row), f"{config().base_url}/crisis")
        live.changed(live.CRISIS)
    return int(new)


def about(alarm: Alarm) -> str:
    """What the people on duty are called for."""
    return f"alarm:{alarm.public_id}"


def _said(row: Alarm) -> Said:
    saw = sentence.of(row)
    if row.question or row.area:
        return Said(saw, saw)
    return Said(_("More mentions than usual: %(saw)s") % {"saw": saw}, saw)


def end(subject: Subject, surge: Surge) -> None:
    """Its episode is over: the alarm that is open ends where it was last loud."""
    open_ones = _open(subject)
    if surge.until is None or not open_ones.exists():
        return
    open_ones.update(until=_moment(surge.until + BIN))
    live.changed(live.CRISIS)


def _open(subject: Subject) -> QuerySet[Alarm]:
    return Alarm.objects.filter(question=subject.question, area=subject.area, until=None)


def recent(now: datetime) -> list[Alarm]:
    """Alarms that are open, that nobody has acknowledged, or that ended within a day."""
    since = now - timedelta(days=1)
    shown = Alarm.objects.filter(at__gte=now - timedelta(days=7))
    found = shown.select_related("question", "planned", "acknowledged_by").order_by("-at")
    return [one for one in found if one.until is None or one.until >= since]


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
