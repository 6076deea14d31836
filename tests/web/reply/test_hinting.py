"""Tone hints under the draft: said in words, taken by one press, and never in the way of Send."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.crisis import declaring
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import source, text


@pytest.fixture
def talk(db: None, monday: datetime) -> Conversation:
    """Tom is in trouble, and Alice has him."""
    return desk.take(stage.says("Tom", "the alarm is dead", need=Need.URGENT), people.alice())


def at(talk: Conversation, name: str = "conversation") -> str:
    return reverse(name, args=[talk.public_id])


def hints(client: Client, talk: Conversation, words: str) -> Any:
    return client.post(at(talk, "check"), {"text": words}).json()["hints"]


def test_a_glib_word_to_somebody_in_trouble_can_be_left_out(
    alice: Client, talk: Conversation
) -> None:
    words = "Tom, simply hold the button."

    assert "“simply” can sound glib" in hints(alice, talk, words)
    page = alice.post(at(talk, "remedy"), {"text": words, "hint": "glib"}, follow=True)

    assert ">Tom, hold the button.</textarea>" in source(page)
    assert "can sound glib" not in text(page)


def test_no_hint_holds_a_reply(alice: Client, talk: Conversation) -> None:
    alice.post(at(talk, "send"), {"text": "You should have read the contract."})

    assert Reply.objects.get().text == "You should have read the contract."


def test_what_is_suggested_is_shown_before_it_is_taken(alice: Client, talk: Conversation) -> None:
    said = hints(alice, talk, "We charged you twice.")

    assert "Say “We are sorry.”" in said
    assert 'data-becomes="We are sorry. We charged you twice."' in said


def test_the_same_again_is_noticed_across_their_conversations(
    alice: Client, talk: Conversation
) -> None:
    reply = desk.answer(talk, people.alice(), "We are on it, an engineer is there.")
    Reply.objects.filter(pk=reply.pk).update(state=State.SENT, sent_at=clock.now())
    other = desk.take(stage.says("Tom", "still dead", thread="at://other"), people.alice())

    assert "nearly the same" in hints(alice, other, "We are on it: an engineer is there!")


def test_a_crisis_that_asks_for_care_hears_a_word_on_the_cause(
    alice: Client, talk: Conversation
) -> None:
    words = "It was caused by a digger."
    assert hints(alice, talk, words) == ""

    declaring.declare(people.dan(), "Outage", Policy(tone=Tone.CAREFUL))

    assert "nothing on cause" in hints(alice, talk, words)
