"""Writing a reply: the counter, the draft, the room kept for it, Send, and undo."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.budget.models import Allowance
from rejoinder.channels.models import Account
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text


@pytest.fixture
def talk(db: None, monday: datetime) -> Conversation:
    """Tom waits, and Alice has taken him."""
    return desk.take(stage.says("Tom", "no signal"), people.alice())


def at(talk: Conversation, name: str = "conversation") -> str:
    return reverse(name, args=[talk.public_id])


def counted(client: Client, words: str) -> Any:
    return client.post(reverse("count"), {"channel": "bluesky", "text": words}).json()


def test_the_server_counts_as_the_platform_does(alice: Client) -> None:
    family = "👨‍👩‍👧‍👦"

    assert counted(alice, "no signal" + family)["used"] == "10"
    assert counted(alice, "a" * 285)["rest"] == "/300, 15 left"
    assert counted(alice, "a" * 312) == {"used": "312", "rest": "/300, 12 too long", "ok": False}


def test_a_line_end_counts_once_however_the_browser_sends_it(alice: Client) -> None:
    assert counted(alice, "one\r\ntwo")["used"] == counted(alice, "one\ntwo")["used"]


def test_an_unknown_channel_is_counted_without_a_limit(alice: Client) -> None:
    answer = alice.post(reverse("count"), {"channel": "letters", "text": "Dear all"}).json()

    assert answer == {"used": "8", "rest": "", "ok": True}


def test_room_is_kept_before_the_first_word(alice: Client, talk: Conversation) -> None:
    said = alice.post(at(talk, "start")).json()

    assert said["room"] == "One Bluesky reply reserved for you, 10:00 left"
    assert Allowance.objects.get().reserved > 0


def test_without_room_it_says_from_when_and_one_may_write_on(
    alice: Client, talk: Conversation
) -> None:
    alice.post(at(talk, "draft"), {"text": ""})
    Allowance.objects.update(closed_until=clock.now() + timedelta(minutes=40), closed_why="429")
    desk.start_reply(talk, people.alice())
    Allowance.objects.update(closed_until=clock.now() + timedelta(minutes=40), closed_why="429")
    other = desk.take(stage.says("Tina", "me too"), people.alice())

    said = alice.post(at(other, "start")).json()

    assert said["room"].startswith("No room until 09:40")


def test_the_draft_is_kept_as_it_is_typed(alice: Client, talk: Conversation) -> None:
    answer = alice.post(at(talk, "draft"), {"text": "We are\r\nlooking"})

    assert answer.status_code == 200
    assert ">We are\nlooking</textarea>" in source(alice.get(at(talk)))


def test_send_queues_the_reply_and_shows_undo(alice: Client, talk: Conversation) -> None:
    answer = alice.post(at(talk, "send"), {"text": "Hold the button for ten seconds."}, follow=True)

    assert Reply.objects.get().state == State.RESERVED or Reply.objects.get().state == State.QUEUED
    assert "Your answer to Tom leaves in 8 s." in text(answer)


def test_undo_brings_the_words_back_into_the_draft(alice: Client, talk: Conversation) -> None:
    alice.post(at(talk, "send"), {"text": "Hold the button."})
    reply = Reply.objects.get()

    answer = alice.post(reverse("withdraw", args=[reply.public_id]), follow=True)

    assert ">Hold the button.</textarea>" in source(answer)
    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN


def test_undo_comes_too_late_once_the_sender_has_it(alice: Client, talk: Conversation) -> None:
    alice.post(at(talk, "send"), {"text": "Hold the button."})
    Reply.objects.update(state=State.SENDING)
    reply = Reply.objects.get()

    answer = alice.post(reverse("withdraw", args=[reply.public_id]), follow=True)

    assert "on its way already" in notices(answer)


def test_bob_may_not_undo_what_alice_sent(alice: Client, bob: Client, talk: Conversation) -> None:
    alice.post(at(talk, "send"), {"text": "Hold the button."})

    answer = bob.post(reverse("withdraw", args=[Reply.objects.get().public_id]))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("words", "reason"),
    [("", "There is no text yet"), ("a" * 301, "too long: 301 of 300")],
)
def test_what_cannot_be_sent_stays_in_the_box(
    alice: Client, talk: Conversation, words: str, reason: str
) -> None:
    answer = alice.post(at(talk, "send"), {"text": words}, follow=True)

    assert reason in notices(answer)
    assert f">{words}</textarea>" in source(answer)
    assert not Reply.objects.exists()


def test_bob_cannot_send_into_what_alice_has(bob: Client, talk: Conversation) -> None:
    answer = bob.post(at(talk, "send"), {"text": "me too"}, follow=True)

    assert "Alice has this conversation." in notices(answer)
    assert not Reply.objects.exists()


def test_a_disconnected_account_is_named_before_anybody_writes(
    alice: Client, talk: Conversation
) -> None:
    Account.objects.update(disconnected_at=clock.now())

    assert "No account is connected that could answer this." in text(alice.get(at(talk)))


def test_a_note_is_kept_and_an_empty_one_is_not(alice: Client, talk: Conversation) -> None:
    alice.post(at(talk, "note"), {"text": "mast 114"})
    answer = alice.post(at(talk, "note"), {"text": "  "}, follow=True)

    assert "mast 114" in text(answer)
    assert "There is no text yet" in notices(answer)
