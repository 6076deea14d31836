"""The team's figures from rows: load, hours with nobody, handovers, and the crises before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, QuerySet

from rejoinder.crisis.models import Crisis, Did, Entry, Promise
from rejoinder.crisis.report.record import Kept, tally
from rejoinder.desk.models import Closure, Handover
from rejoinder.outbox.models import Reply, State
from rejoinder.reporting.rollup.blocks import between
from rejoinder.reporting.rollup.counting import keep
from rejoinder.reporting.work.handed import Handed, Row, by_need
from rejoinder.reporting.work.load import Alone, Hour, alone, by_hour
from rejoinder.reporting.zone import zone
from rejoinder.team.rota import duty
from rejoinder.team.rota.coverage import HOUR, covered

CRISES = 8
SHOWN = 10  # gaps


@dataclass(frozen=True, slots=True)
class Load:
    """By the hour of the day, and the gaps with most people; without a rota nobody could help."""

    rota: bool
    hours: list[Hour]
    gaps: list[Alone]


@dataclass(frozen=True, slots=True)
class After:
    """What the report of a crisis says first: alarm to first statement, and its promises."""

    crisis: Crisis
    until_stated: timedelta | None
    kept: int
    broken: int


def load(begins: datetime, ends: datetime) -> Load:
    """Whole hours from `begins` on, until `ends`. The rota is laid on them as it stands now."""
    keep()
    hours = (ends - begins) // HOUR
    found = between(begins, begins + hours * HOUR, ("person",))
    works = duty.works()
    cover = covered(works, begins, hours)
    rota = duty.is_kept(works)
    gaps = alone(found["at"], found["person"], cover)[:SHOWN] if rota else []
    return Load(rota, by_hour(found["at"], found["person"], cover, zone()), gaps)


def handovers(begins: datetime, ends: datetime, now: datetime) -> list[Row]:
    """Those of `begins` ≤ at < `ends`, by the need of the conversation."""
    rows = Handover.objects.filter(at__gte=begins, at__lt=ends)
    done = _done(rows, begins)
    return by_need(
        (
            Handed(need, person, at, due, _first(done.get(talk, ()), at))
            for talk, need, person, at, due in rows.values_list(
                "conversation",
                "conversation__need",
                "conversation__person",
                "at",
                "due_at",
            )
        ),
        now,
    )


def _done(handed: QuerySet[Handover], since: datetime) -> dict[int, list[datetime]]:
    """When each of their conversations had a reply or was closed since then, in order."""
    talks = handed.values("conversation")
    found: dict[int, list[datetime]] = {}
    sent = Reply.objects.filter(conversation__in=talks, state=State.SENT, sent_at__gte=since)
    shut = Closure.objects.filter(conversation__in=talks, at__gte=since)
    for talk, at in [
        *sent.values_list("conversation", "sent_at"),
        *shut.values_list("conversation", "at"),
    ]:
        if at is not None:
            found.setdefault(talk, []).append(at)
    return {talk: sorted(moments) for talk, moments in found.items()}


def _first(moments: Iterable[datetime], since: datetime) -> datetime | None:
    return next((at for at in moments if at >= since), None)


def crises() -> list[After]:
    """The newest that were stood down, the newest first."""
    over = list(
        Crisis.objects.filter(stood_down_at__isnull=False).order_by("-stood_down_at", "-id")[
            :CRISES
        ]
    )
    stated = dict(
        Entry.objects.filter(crisis__in=over, did__in=(Did.STATED, Did.PUBLISHED))
        .values("crisis")
        .annotate(first=Min("at"))
        .values_list("crisis", "first")
    )
    promises: dict[int, list[Kept]] = {each.pk: [] for each in over}
    rows = Promise.objects.filter(crisis__in=over).values_list("crisis", "due_at", "kept_at")
    for crisis, due, kept in rows:
        promises[crisis].append(Kept("", "", due, kept))
    return [_after(each, stated.get(each.pk), promises[each.pk]) for each in over]


def _after(crisis: Crisis, stated: datetime | None, promises: list[Kept]) -> After:
    """Promises as the report of the crisis tells them: as they stood when it was stood down."""
    ended = crisis.stood_down_at or crisis.began_at
    kept, broken, _open = tally(promises, ended)
    return After(crisis, stated - crisis.began_at if stated else None, kept, broken)
