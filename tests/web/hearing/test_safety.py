"""Safety cards on the desk: everybody sees that somebody may be in danger, a lead sees to it."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening import safety
from rejoinder.listening.models import Conversation, SafetyCard
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


def card() -> tuple[Conversation, SafetyCard]:
    talk = stage.says("Tina", "he put something on my phone and <follows> me")
    safety.open_cards([(talk.last_mention_id or 0, "stalking")])
    return talk, SafetyCard.objects.get()


def test_no_card_is_good_news(alice: Client) -> None:
    assert "No card is open." in text(alice.get(reverse("safety")))


def test_a_lead_sees_to_it_and_says_how_it_ended(dan: Client) -> None:
    _, opened = card()
    page = dan.get(reverse("safety"))
    assert "1 person may be in danger." in text(page)
    assert "No lead sees to it yet" in text(page)
    assert "&lt;follows&gt;" in source(page)
    done = dan.post(reverse("own-card", args=[opened.pk]), follow=True)
    assert "Dan sees to it since 09:00" in text(done)
    done = dan.post(reverse("close-card", args=[opened.pk]), {"outcome": ""}, follow=True)
    assert "Say how it ended" in notices(done)
    done = dan.post(reverse("close-card", args=[opened.pk]), {"outcome": "is safe"}, follow=True)
    assert "No card is open." in text(done)


def test_an_advisor_sees_it_and_owns_none(alice: Client) -> None:
    _, opened = card()
    page = alice.get(reverse("safety"))
    assert "Stalking" in text(page)
    assert "See to it" not in text(page)
    assert alice.post(reverse("own-card", args=[opened.pk])).status_code == 403


def test_an_auditor_sees_no_card(ann: Client) -> None:
    card()
    assert ann.get(reverse("safety")).status_code == 403
