"""Alarms on the page: what was seen, who sees to it, what was planned, how they are tuned."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.crisis.alarm import alarms, raising
from rejoinder.crisis.alarm.watching import watching
from rejoinder.crisis.models import Alarm, Planned
from rejoinder.crisis.surge import alarm as seen
from rejoinder.crisis.surge.alarm import Window
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor, AuditLine
from tests.people import alice, ann, dan

pytestmark = pytest.mark.django_db
CALLS = "Nobody sees to it yet."


def raised(ago: timedelta = timedelta(minutes=2)) -> Alarm:
    """Seventy-eight in ten minutes, of which forty-one are problems."""
    at = (clock.now() - ago).timestamp()
    saw = seen.Alarm(at, 0.9, Window(600, 78, 19), Window(600, 41, 3.6))
    raising.begin(raising.EVERYTHING, saw)
    return Alarm.objects.get()


def page(reader: Advisor, name: str = "crisis") -> str:
    client = Client()
    client.force_login(reader)
    return client.get(reverse(name)).content.decode()


def press(reader: Advisor, name: str, *where: object, values: dict[str, str] | None = None) -> int:
    client = Client()
    client.force_login(reader)
    return client.post(reverse(name, args=where), values or {}).status_code


def test_an_alarm_is_on_every_page_until_somebody_sees_to_it(monday: datetime) -> None:
    alarm = raised()
    assert CALLS in page(alice(), "inbox")
    assert press(alice(), "acknowledge-alarm", alarm.public_id) == 302
    assert CALLS not in page(alice(), "inbox")
    line = AuditLine.objects.get(action="acknowledged an alarm")
    assert line.actor == alice()


def test_only_the_first_who_says_so_sees_to_it(monday: datetime) -> None:
    alarm = raised()
    assert alarms.acknowledge(alarm, alice())
    assert not alarms.acknowledge(alarm, dan())
    alarm.refresh_from_db()
    assert alarm.acknowledged_by == alice()


def test_whoever_may_not_answer_sees_to_no_alarm(monday: datetime) -> None:
    assert press(ann(), "acknowledge-alarm", raised().public_id) == 403


def test_a_planned_event_is_shown_and_calls_nobody(monday: datetime) -> None:
    now = clock.now()
    values = {
        "name": "Cup final",
        "begins": f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "ends": f"{now + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }
    assert press(dan(), "plan-event", values=values) == 302
    raised()
    assert Alarm.objects.get().planned == Planned.objects.get()
    assert CALLS not in page(alice(), "inbox")
    event = Planned.objects.get()
    assert press(alice(), "call-off-event", event.pk) == 403
    assert press(dan(), "call-off-event", event.pk) == 302
    assert alarms.planned() == []


def test_a_lead_tunes_how_many_false_alarms_are_borne(monday: datetime) -> None:
    values = {"false_alarms": "2", "zone": "Europe/London", "place": "gb-eng"}
    assert press(dan(), "tune-alarms", values=values) == 302
    row = watching()
    assert (row.false_alarms, row.zone, row.place) == (2.0, "Europe/London", "GB-ENG")


@pytest.mark.parametrize(
    "wrong",
    [
        {"false_alarms": "0"},
        {"false_alarms": "nan"},
        {"false_alarms": "many"},
        {"zone": "Mars"},
        {"zone": "../../etc/passwd"},
        {"place": "Atlantis"},
    ],
)
def test_what_makes_no_sense_changes_nothing(monday: datetime, wrong: dict[str, str]) -> None:
    values = {"false_alarms": "2", "zone": "UTC"} | wrong
    assert press(dan(), "tune-alarms", values=values) == 302
    assert (watching().false_alarms, watching().zone) == (0.5, "UTC")
