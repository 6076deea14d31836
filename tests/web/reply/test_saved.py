"""Saved replies: a lead keeps them, and the reply box finds and fills them."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.desk.models import SavedReply
from rejoinder.listening.models import Conversation
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text


@pytest.fixture
def talk(db: None, monday: datetime) -> Conversation:
    """Tom waits, and Alice has him."""
    return desk.take(stage.says("Tom Sample", "no signal"), people.alice())


@pytest.fixture
def kept(dan: Client, talk: Conversation) -> SavedReply:
    """A reply in two wordings."""
    words = "Hello {first}, try flight mode. {me}\n---\nHi {first}, flight mode on and off. {me}"
    dan.post(reverse("keep-saved"), {"name": "No signal", "text": words})
    return SavedReply.objects.get()


def test_the_box_offers_it_filled_in_wording_after_wording(
    alice: Client, talk: Conversation, kept: SavedReply
) -> None:
    use = reverse("use-saved", args=[talk.public_id, kept.pk])

    first, second = (alice.post(use, headers={"Accept": "text/plain"}) for _ in range(2))

    assert first.content.decode() == "Hello Tom, try flight mode. Alice"
    assert second.content.decode() == "Hi Tom, flight mode on and off. Alice"
    kept.refresh_from_db()
    assert kept.used == 2


def test_without_a_script_it_goes_behind_the_draft(
    alice: Client, talk: Conversation, kept: SavedReply
) -> None:
    alice.post(reverse("draft", args=[talk.public_id]), {"text": "Good morning."})

    page = alice.post(reverse("use-saved", args=[talk.public_id, kept.pk]), follow=True)

    assert ">Good morning. Hello Tom, try flight mode. Alice</textarea>" in source(page)


def test_it_is_found_by_words(alice: Client, talk: Conversation, kept: SavedReply) -> None:
    at = reverse("choose-saved", args=[talk.public_id])

    assert "No signal" in text(alice.get(at, {"words": "FLIGHT sig"}))
    assert "None has these words." in text(alice.get(at, {"words": "refund"}))


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("", "Hello", "needs a name and a text"),
        ("Empty", " \n---\n ", "needs a name and a text"),
        ("Typing", "Hello {nmae}", "There is no variable {nmae}."),
        ("Long", "a" * 5_001, "too long for a reply"),
        ("No signal", "Again", "saved already"),
    ],
)
def test_what_cannot_be_kept_says_why(
    dan: Client, kept: SavedReply, name: str, words: str, reason: str
) -> None:
    answer = dan.post(reverse("keep-saved"), {"name": name, "text": words}, follow=True)

    assert reason in notices(answer)
    assert SavedReply.objects.count() == 1


def test_it_is_changed_and_removed(dan: Client, kept: SavedReply) -> None:
    dan.post(reverse("change-saved", args=[kept.pk]), {"name": "No signal", "text": "Anew"})
    assert SavedReply.objects.get().text == "Anew"

    page = dan.post(reverse("remove-saved", args=[kept.pk]), follow=True)
    assert "None is saved yet." in text(page)
