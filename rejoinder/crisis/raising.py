"""Writes down alarms and their ends, and lets open pages know."""

from datetime import UTC, datetime, timedelta

from rejoinder.crisis.counting import BIN
from rejoinder.crisis.models import Alarm, Planned
from rejoinder.crisis.surge import alarm as seen
from rejoinder.crisis.surge.surge import Surge
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.config import config
from rejoinder.team import audit
from rejoinder.team.notify import calls


def begin(question: Question | None, alarm: seen.Alarm) -> int:
    """1 for an alarm that was not written down before.

    A question is counted anew after a restart: while its alarm is open there is no other.
    """
    if question and Alarm.objects.filter(question=question, until=None).exists():
        return 0
    at = _moment(alarm.at + BIN)
    planned = Planned.objects.filter(begins__lte=at, ends__gt=at, ended_at=None).first()
    row, new = Alarm.objects.get_or_create(
        question=question,
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
        if planned is None:
            _call(row, question, alarm)
        live.changed(live.CRISIS)
    return int(new)


def about(alarm: Alarm) -> str:
    """What the people on duty are called for."""
    return f"alarm:{alarm.public_id}"


def _call(row: Alarm, question: Question | None, alarm: seen.Alarm) -> None:
    name = question.name if question and question.name else ""
    why = seen.why(alarm)
    what = f"Many ask “{name}”" if name else "More mentions than usual"
    calls.call(about(row), f"{what}: {why}", why, f"{config().base_url}/crisis")


def end(question: Question | None, surge: Surge) -> None:
    """Its episode is over: the alarm that is open ends where it was last loud."""
    open_ones = Alarm.objects.filter(question=question, until=None)
    if surge.until is None or not open_ones.exists():
        return
    open_ones.update(until=_moment(surge.until + BIN))
    live.changed(live.CRISIS)


def recent(now: datetime) -> list[Alarm]:
    """Alarms that are open, that nobody has acknowledged, or that ended within a day."""
    since = now - timedelta(days=1)
    shown = Alarm.objects.filter(at__gte=now - timedelta(days=7))
    found = shown.select_related("question", "planned", "acknowledged_by").order_by("-at")
    return [one for one in found if one.until is None or one.until >= since]


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
