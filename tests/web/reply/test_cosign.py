"""Co-signs: added by the desk, counted, taken off a draft again, and explained in public."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels.models import Account
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply
from rejoinder.team import cosigns
from rejoinder.team.models import Advisor
from rejoinder.web.public import addresses, stock
from rejoinder.web.public.stock import Stock
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text


@pytest.fixture
def talk(db: None, monday: datetime) -> Conversation:
    """Alice Kay has Tom; the account co-signs."""
    talk = desk.take(stage.says("Tom", "no signal"), people.alice())
    Advisor.objects.filter(pk=people.alice().pk).update(name="Alice Kay")
    Account.objects.update(cosigns=True)
    return talk


def at(talk: Conversation, name: str = "conversation") -> str:
    return reverse(name, args=[talk.public_id])


def counted(client: Client, talk: Conversation, words: str) -> Any:
    return client.post(at(talk, "check"), {"text": words}).json()


def page() -> str:
    """What everybody may read about signs; empty without such a page."""
    found = stock.made(Stock()).pages.get(addresses.WHO)
    return found.plain.body.decode() if found else ""


def test_the_sign_is_added_and_counted(alice: Client, talk: Conversation) -> None:
    assert counted(alice, talk, "On it.")["used"] == "10"
    assert counted(alice, talk, "On it.")["rest"] == "/300 with ^AK"
    assert counted(alice, talk, "a" * 297)["ok"] is False

    alice.post(at(talk, "send"), {"text": "On it."})

    assert Reply.objects.get().text == "On it. ^AK"


def test_what_is_too_long_with_its_sign_stays(alice: Client, talk: Conversation) -> None:
    answer = alice.post(at(talk, "send"), {"text": "a" * 297}, follow=True)

    assert "too long: 301 of 300" in notices(answer)


def test_undo_brings_back_the_words_without_the_sign(alice: Client, talk: Conversation) -> None:
    alice.post(at(talk, "send"), {"text": "On it."})

    reply = Reply.objects.get()
    answer = alice.post(reverse("withdraw", args=[reply.public_id]), follow=True)

    assert ">On it.</textarea>" in source(answer)


def test_pressing_send_twice_still_queues_one(alice: Client, talk: Conversation) -> None:
    alice.post(at(talk, "send"), {"text": "On it."})
    alice.post(at(talk, "send"), {"text": "On it."})

    assert Reply.objects.count() == 1


def test_everybody_may_read_who_it_is_and_no_surname(alice: Client, talk: Conversation) -> None:
    shown = page()

    assert "^AK" in shown
    assert "<bdi>Alice</bdi>" in shown
    assert "Kay" not in shown


def test_an_alias_stands_there_as_soon_as_it_is_saved(alice: Client, talk: Conversation) -> None:
    alice.post(
        reverse("me"),
        {
            "name": "Alice Kay",
            "initials": "JP",
            "alias": "Jo",
            "time_zone": "Europe/London",
            "language": "en-gb",
            "theme": "",
        },
    )

    assert "^JP</dt><dd><bdi>Jo</bdi>" in page()
    assert "Alice" not in page()


@pytest.mark.parametrize("name", ["Jo Public", "x" * 41])
def test_a_surname_is_no_alias(name: str) -> None:
    with pytest.raises(cosigns.NoAliasError):
        cosigns.alias(name)


def test_an_owner_switches_it_on_and_off(olga: Client, talk: Conversation) -> None:
    address = reverse("cosign", args=[Account.objects.get().public_id])

    assert "Sign replies no more" in text(olga.post(address, {"signs": "yes"}, follow=True))
    assert "Replies are not signed." in text(olga.post(address, {"signs": "no"}, follow=True))
    assert page() == ""
