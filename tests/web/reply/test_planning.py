"""Replies that leave later: on the writer's clock, changed and taken back, and the undo hold."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.budget.models import Allowance
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor, Organisation
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text


@pytest.fixture
def talk(db: None, monday: datetime) -> Conversation:
    """Tom waits, and Alice has him; her clock is that of Berlin."""
    talk = desk.take(stage.says("Tom", "no signal"), people.alice())
    Advisor.objects.filter(pk=people.alice().pk).update(time_zone="Europe/Berlin")
    return talk


def plan(client: Client, talk: Conversation, at: str, words: str = "It is fixed.") -> str:
    values = {"text": words, "at": at}
    page = client.post(reverse("send-later", args=[talk.public_id]), values, follow=True)
    return source(page) + notices(page)


def test_it_leaves_at_the_time_on_her_clock_and_reserves_then(
    alice: Client, talk: Conversation
) -> None:
    alice.post(reverse("start", args=[talk.public_id]))
    plan(alice, talk, "2026-03-02T17:00")

    reply = Reply.objects.get()
    assert (reply.due_at, reply.planned) == (datetime(2026, 3, 2, 16, tzinfo=UTC), True)
    assert (reply.state, reply.reservation_id) == (State.QUEUED, None)
    assert Allowance.objects.get().reserved == 0


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-03-02T09:30", "This time is over"),
        ("2026-03-29T02:30", "The next that there is: 03:30."),
        ("soon", "Write the time"),
        ("2029-01-01T10:00", "within a year"),
    ],
)
def test_what_is_no_time_keeps_the_reply_in_the_box(
    alice: Client, talk: Conversation, at: str, why: str
) -> None:
    page = plan(alice, talk, at)

    assert why in page
    assert ">It is fixed.</textarea>" in page
    assert not Reply.objects.exists()


def test_the_guard_looks_at_what_leaves_later_too(alice: Client, talk: Conversation) -> None:
    assert "We never do" in plan(alice, talk, "2026-03-02T17:00", "What is your PIN?")
    assert not Reply.objects.exists()


def test_the_time_is_changed_by_her_and_not_by_bob(
    alice: Client, bob: Client, talk: Conversation
) -> None:
    plan(alice, talk, "2026-03-02T17:00")
    at = reverse("change-time", args=[Reply.objects.get().public_id])

    alice.post(at, {"at": "2026-03-03T08:00"})
    refused = bob.post(at, {"at": "2026-03-04T08:00"})

    assert Reply.objects.get().due_at == datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert refused.status_code == 403
    assert "Change the time" in text(alice.get(reverse("outbox")))


def test_what_is_on_its_way_keeps_its_time(alice: Client, talk: Conversation) -> None:
    plan(alice, talk, "2026-03-02T17:00")
    Reply.objects.update(state=State.SENDING)
    at = reverse("change-time", args=[Reply.objects.get().public_id])

    assert "on its way already" in notices(alice.post(at, {"at": "2026-03-03T08:00"}, follow=True))


def test_a_lead_sets_the_seconds_for_undo_from_none_to_thirty(
    dan: Client, talk: Conversation
) -> None:
    Organisation.objects.create(name="Northwind Mobile")
    for given, hold in (("0", 0), ("31", 30), ("soon", 30), ("15", 15)):
        dan.post(reverse("set-hold"), {"seconds": given})
        assert outbox.undo_hold() == timedelta(seconds=hold)

    reply = desk.answer(talk, people.alice(), "On it.")
    assert reply.due_at == clock.now() + timedelta(seconds=15)
