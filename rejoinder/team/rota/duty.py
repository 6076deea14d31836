"""Who is on duty, from the tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from rejoinder.plumbing import clock
from rejoinder.team import access, holidays
from rejoinder.team.models import Advisor, DayChange, Hours, OpeningHours
from rejoinder.team.rota import shifts
from rejoinder.team.rota.shifts import Change, Works
from rejoinder.team.rota.week import NEVER, Span, Spans, Week

AHEAD = timedelta(days=31)  # how far the next shift is looked for


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty at a moment, by number; `is_kept` is False while nobody wrote any hours."""

    is_kept: bool
    on: frozenset[int]
    away: frozenset[int]


def duty(at: datetime | None = None, people: Sequence[Advisor] | None = None) -> Duty:
    """At this moment, or now; of these colleagues, or of everybody who answers."""
    moment, everybody = at or clock.now(), works(people)
    away = (one.number for one in everybody if shifts.is_away(one, moment))
    on = frozenset(shifts.on_duty(everybody, moment))
    return Duty(is_kept(everybody), on, frozenset(away) - on)


def unstaffed(at: datetime) -> tuple[bool, datetime | None]:
    """Whether a rota is kept by which nobody is there at this moment; and when somebody is next."""
    everybody = works()
    if not is_kept(everybody) or shifts.on_duty(everybody, at):
        return False, None
    return True, shifts.next_shift(everybody, at, AHEAD)


def works(people: Sequence[Advisor] | None = None) -> list[Works]:
    """The hours of these colleagues, or of everybody who answers."""
    chosen = answering() if people is None else people
    rows = {row.advisor_id: row for row in Hours.objects.filter(advisor__in=chosen)}
    changes = defaultdict(list)
    for change in DayChange.objects.filter(advisor__in=chosen).order_by("made_at", "id"):
        changes[change.advisor_id].append(
            Change(change.first, change.last, _spans(change.hours)),
        )
    return [_works(one, rows.get(one.pk) or Hours(), changes[one.pk]) for one in chosen]


def answering(right: str = access.ANSWER) -> list[Advisor]:
    """Everybody who answers people, or has another right, by name."""
    roles = [role for role, rights in access.RIGHTS.items() if right in rights]
    return list(Advisor.objects.filter(is_active=True, role__in=roles).order_by(F("name"), "id"))


def week(row: Hours | OpeningHours) -> Week:
    """An ordinary week as the rules take it."""
    return tuple(_spans(day) for day in row.week) or NEVER


def is_kept(everybody: Sequence[Works]) -> bool:
    """Whether anybody wrote any hours; those of one day are a rota too."""
    return any(any(one.week) or any(day.hours for day in one.changes) for one in everybody)


def house(row: OpeningHours, zone: str) -> Works:
    """The opening hours as the hours of one who is there whenever the house is open."""
    return Works(number=0, zone=zone, week=week(row), holidays=_holidays(row.place))


def _works(one: Advisor, row: Hours, changes: Sequence[Change]) -> Works:
    return Works(
        number=one.pk,
        zone=one.time_zone,
        week=week(row),
        holidays=_holidays(row.place),
        changes=changes,
        pace=row.pace,
        languages=frozenset(row.languages),
        skills=frozenset(row.skills),
    )


def _holidays(place: str) -> frozenset[date]:
    year = clock.now().year
    return holidays.between(place, year - 1, year + 1)


def _spans(pairs: Sequence[Sequence[int]]) -> Spans:
    return tuple(Span(*pair) for pair in pairs)
