"""A crisis from its alarm to its report, over the pages: Dan leads, Alice and Bob write along."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.answers.editions import published
from rejoinder.crisis.alarm import raising
from rejoinder.crisis.alarm.counting import BIN
from rejoinder.crisis.models import Alarm, Crisis, Promise
from rejoinder.crisis.surge import alarm as seen
from rejoinder.crisis.surge.alarm import Window
from rejoinder.outbox import pause as pauses
from rejoinder.plumbing import clock
from rejoinder.team.models import AuditLine
from tests import people, scene
from tests.web.pages import notices, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def later(minutes: int) -> None:
    clock.turn(timedelta(minutes=minutes))


def test_from_the_alarm_to_the_report(dan: Client, alice: Client, bob: Client) -> None:
    granny = scene.wrote("Granny Smith", "My alarm does not ring")
    saw = seen.Alarm(clock.now().timestamp() - BIN, 0.9, Window(600, 78, 19), Window(600, 41, 4))
    raising.begin(raising.EVERYTHING, saw)
    alarm = Alarm.objects.get()

    later(6)
    room = text(alice.get(reverse("crisis")))
    assert "Alarm, 09:00: 78 mentions in 10 min, usually 19; 41 report a problem" in room
    values = {
        "name": "Network outage, Yorkshire",
        "alarm": str(alarm.public_id),
        "words": "We know that calls fail in Yorkshire, and are looking into it.",
        "next": "09:30",
        "publish": "yes",
        "reserve": "2",
        "askers": "5",
        "tone": "careful",
        "on_call": [str(people.bob().public_id)],
    }
    page = dan.post(reverse("declare-crisis"), values, follow=True)
    crisis = Crisis.objects.get()
    at = {name: reverse(name, args=[crisis.public_id]) for name in ROOM}
    assert "Alarm: 78 mentions in 10 min" in text(page)
    assert "since 09:06" in text(bob.get("/"))
    assert crisis.answer is not None
    assert published(crisis.answer).count() == 1

    later(2)
    dan.post(reverse("pause-planned"))
    assert "Planned posts are paused: Dan, 09:08." in text(bob.get("/"))
    known = {"kind": "known", "at": "08:55", "words": "Mast group Leeds North lost power."}
    alice.post(at["note-crisis"], known)
    promised = {"keeper": str(people.bob().public_id), "conversation": str(granny.public_id)}
    words = {"words": "Ring her and test the alarm", "due": "2026-03-02T09:20"}
    alice.post(at["promise-crisis"], promised | words)
    alice.post(at["promise-crisis"], {"words": "Say what we pay back", "due": "2026-03-02T09:40"})

    later(7)
    ring = Promise.objects.get(words="Ring her and test the alarm")
    done = {"words": "Rang her; the alarm works."}
    assert "09:20 kept" in text(
        bob.post(reverse("keep-promise", args=[ring.pk]), done, follow=True)
    )

    later(20)
    assert "The update promised for 09:30 is 5 min late." in text(alice.get(reverse("crisis-wall")))
    said = {"words": "A mast group is down.", "next": "10:00", "publish": "yes"}
    assert "09:30 kept 5 min late" in text(dan.post(at["state-crisis"], said, follow=True))

    later(20)
    last = {"words": "Nine in ten have signal. This is our last word.", "publish": "yes"}
    dan.post(at["state-crisis"], last)
    assert published(crisis.answer).count() == 3
    held = pauses.held().count
    dan.post(reverse("resume-planned"), {"held": str(held)})
    page = dan.post(at["stand-down"], {"why": "Repaired."}, follow=True)
    assert "Dan stood it down at 09:55: Repaired." in text(page)
    assert "is open already" not in notices(page)

    later(90)
    report = text(alice.get(at["crisis-report"]))
    assert "It began 2 Mar 2026, 09:00 and was declared by Dan, 2 Mar, 09:06." in report
    assert "The first public word came 6 min after the alarm" in report
    assert "Promises: 2 kept in time, 2 broken, 0 still open." in report
    assert re.search(r"09:55 .* 2 Mar, 09:40 Say what we pay back Alice not kept", report)
    for told in ("Mast group Leeds North lost power.", "paused planned posts", "Rang her"):
        assert told in report
    assert alice.get(at["crisis-report-pdf"]).content.startswith(b"%PDF-")
    did = AuditLine.objects.order_by("id").values_list("action", flat=True)
    assert [action for action in did if action in DONE] == list(DONE)


ROOM = (
    "state-crisis",
    "note-crisis",
    "promise-crisis",
    "stand-down",
    "crisis-report",
    "crisis-report-pdf",
)
DONE = (
    "raised an alarm",
    "acknowledged an alarm",
    "declared the crisis",
    "paused planned posts",
    "kept a promise",
    "resumed planned posts",
    "stood the crisis down",
)
