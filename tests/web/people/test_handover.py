"""Alice goes at six, Bob comes: what stands open, and a word of hers that he says he has read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rejoinder.crisis import actions as crisis
from rejoinder.crisis.policy import Policy
from rejoinder.desk import actions
from rejoinder.desk.asleep import sleep
from rejoinder.desk.models import Callback, ShiftNote
from rejoinder.listening.models import Need
from rejoinder.listening.safety import open_cards
from rejoinder.outbox import pause
from rejoinder.plumbing import clock
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HOUR = timedelta(hours=1)


def test_an_empty_desk_says_so(alice: Client) -> None:
    page = text(alice.get(reverse("handover")))
    assert "No promise is late, nobody urgent waits, no safety card is open." in page
    for nothing in ("Nobody left a word.", "None is due.", "No draft waits."):
        assert nothing in page


def test_what_is_owed_comes_in_its_order(alice: Client) -> None:
    tom, rosa = stage.says("Tom", "no signal"), stage.says("Rosa", "my bill")
    late, later = clock.now() + HOUR, clock.now() + 5 * HOUR
    actions.take(rosa, people.alice())
    actions.hand_over(rosa, people.alice(), people.bob(), due=later)
    Callback.objects.create(
        channel="phone", thread="K7", from_at=late, to_at=late + HOUR, promised_at=clock.now()
    )
    Callback.objects.create(
        channel="phone",
        thread="K8",
        from_at=clock.now() + timedelta(days=2),
        to_at=clock.now() + timedelta(days=3),
        promised_at=clock.now(),
    )
    actions.take(tom, people.alice())
    actions.save_draft(tom, people.alice(), "secret words")
    clock.turn(2 * HOUR)
    page = text(alice.get(reverse("handover")))
    assert "1 promise is late." in page
    assert page.index("is called") < page.index("handed to Bob with this time")
    assert page.count("is called") == 1
    assert "Alice was writing" in page
    assert "secret words" not in page


def test_risks_and_lines_to_take(alice: Client) -> None:
    talk = stage.says("Tom", "I cannot go on", need=Need.URGENT)
    open_cards([(talk.last_mention_id or 0, "self-harm")])
    pause.pause(people.dan(), "a storm")
    declared = crisis.declare(people.dan(), "Leeds is dark", Policy(), alarm=None)
    crisis.state(declared, people.dan(), "We are on it.", next_at=clock.now() + 2 * HOUR)
    sleeper = stage.says("Rosa", "my bill")
    sleep.snooze(sleeper, people.alice(), clock.now() + 3 * HOUR)
    page = text(alice.get(reverse("handover")))
    assert "1 safety card is open; 1 urgent person waits." in page
    assert "May harm themselves" in page
    assert "Planned posts are paused a storm" in page
    assert "Leeds is dark" in page
    assert "We are on it." in page
    assert "Put aside by Alice" in page


def test_a_word_is_masked_and_read_by_somebody_else(alice: Client, bob: Client) -> None:
    alice.post(reverse("write-shift-note"), {"text": "Ring Tom on 07700 900123 about his bill"})
    note = ShiftNote.objects.get()
    assert "900123" not in note.text
    address = reverse("read-shift-note", args=[note.pk])
    assert address not in source(alice.get(reverse("handover")))
    assert "comes after you" in notices(alice.post(address, follow=True))
    assert address in source(bob.get(reverse("handover")))
    bob.post(address)
    bob.post(address)
    assert "Read by Bob" in text(alice.get(reverse("handover")))
    read = AuditLine.objects.filter(action="read the word of the last shift")
    assert [line.actor for line in read] == [people.bob()]
    clock.turn(timedelta(days=2))
    assert "Nobody left a word." in text(alice.get(reverse("handover")))


def test_one_that_nobody_read_stays(alice: Client) -> None:
    alice.post(reverse("write-shift-note"), {"text": "The till is open"})
    assert "Write what the next shift" in notices(
        alice.post(reverse("write-shift-note"), {"text": " "}, follow=True)
    )
    clock.turn(timedelta(days=9))
    assert "The till is open" in text(alice.get(reverse("handover")))


def test_many_rows_cost_as_many_queries_as_few(alice: Client) -> None:
    found: list[int] = []
    for many in (1, 1, 12):  # the first fills what is kept between pages
        for number in range(many):
            name = f"{len(found)} {number}"
            talk = stage.says(f"Tom {name}", "no signal")
            actions.save_draft(talk, people.alice(), "words")
            rosa = stage.says(f"Rosa {name}", "bill")
            sleep.snooze(rosa, people.alice(), clock.now() + HOUR)
        with CaptureQueriesContext(connection) as queries:
            alice.get(reverse("handover"))
        found.append(len(queries))
    assert found[1] == found[2]
