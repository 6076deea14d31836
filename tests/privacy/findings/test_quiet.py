"""A finder's report goes when its period is over; not while it, or its incident, is open."""

from datetime import timedelta

import pytest

from rejoinder.plumbing import clock
from rejoinder.privacy.findings import answering
from rejoinder.privacy.findings.quiet import channels
from rejoinder.privacy.findings.receiving import CHANNEL, Report, receive
from rejoinder.privacy.models import Cell, Finding, Period
from rejoinder.privacy.retention import applying, periods
from rejoinder.team.models import AuditLine
from tests import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def reported(reference: str) -> Finding:
    return receive(Report(reference, "Your shop adds a number.", email=f"{reference}@example.com"))


def kept_for(days: int) -> None:
    Period.objects.create(
        kind=periods.CHANNEL,
        name=CHANNEL,
        days=days,
        changed_at=clock.now(),
        changed_by=people.dan(),
    )


def left() -> set[str]:
    return set(Finding.objects.values_list("reference", flat=True))


def test_a_report_goes_with_its_address_when_its_time_is_over() -> None:
    assert list(channels()) == []
    dan, old, told, open_ = people.dan(), reported("old"), reported("told"), reported("open")
    assert list(channels()) == [CHANNEL]
    answering.acknowledge(old, dan)
    answering.close(old, dan)
    answering.say(told, dan, "It is mended.")
    answering.close(told, dan)
    kept_for(30)
    clock.turn(timedelta(days=29))
    assert applying.run() == 0
    clock.turn(timedelta(days=2))
    assert applying.run() == 2
    assert left() == {"open"}
    assert Cell.objects.count() == 1
    assert AuditLine.objects.filter(action="deleted what had its time", what=CHANNEL).exists()
    assert not open_.closed_at


def test_a_report_stays_while_its_incident_is_open() -> None:
    dan, found = people.dan(), reported("leak")
    made = answering.open_incident(found, dan, "Numbers leave the shop")
    Finding.objects.filter(pk=found.pk).update(closed_at=clock.now())
    kept_for(30)
    clock.turn(timedelta(days=99))
    assert applying.run() == 0
    made.closed_at = clock.now()
    made.save()
    clock.turn(timedelta(days=31))
    assert applying.run() == 1
    assert left() == set()


def test_without_a_period_nothing_goes() -> None:
    dan, found = people.dan(), reported("old")
    answering.acknowledge(found, dan)
    answering.close(found, dan)
    clock.turn(timedelta(days=9999))
    assert applying.run() == 0
    assert left() == {"old"}
