"""What the plan keeps back: the desk says why, and a lead may change a turn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def vera(db: None) -> Conversation:
    talk = stage.says("Vera", "useless, the lot of you")
    talk.kept_back, talk.kept_until = "kept-for-urgent", clock.now() + timedelta(hours=2)
    talk.save(update_fields=["kept_back", "kept_until"])
    return talk


def test_the_queue_says_why_and_until_when(alice: Client, vera: Conversation) -> None:
    assert "Kept back for urgent people until" in text(alice.get(reverse("inbox")))


def test_next_says_that_the_plan_keeps_everybody_back(alice: Client, vera: Conversation) -> None:
    done = alice.post(reverse("take-next"), follow=True)
    assert "The plan keeps back whoever waits" in notices(done)


def test_an_advisor_cannot_take_it_and_reads_why(alice: Client, vera: Conversation) -> None:
    page = alice.get(reverse("conversation", args=[vera.public_id]))
    assert "Kept back for urgent people" in text(page)
    assert reverse("take", args=[vera.public_id]) not in source(page)
    assert "Take out of turn" not in text(page)
    done = alice.post(reverse("take", args=[vera.public_id]), follow=True)
    assert "The plan keeps this answer back for now" in notices(done)
    refused = alice.post(reverse("take-out-of-turn", args=[vera.public_id]), {"why": "mine"})
    assert refused.status_code == 403


def test_a_lead_takes_it_out_of_turn_with_a_reason(dan: Client, vera: Conversation) -> None:
    address = reverse("take-out-of-turn", args=[vera.public_id])
    assert "Take out of turn" in text(dan.get(reverse("conversation", args=[vera.public_id])))
    assert "Say why" in notices(dan.post(address, {"why": " "}, follow=True))
    dan.post(address, {"why": "she called as well"})
    vera.refresh_from_db()
    assert str(vera.holder) == "Dan"
    assert "Kept back" not in text(dan.get(reverse("conversation", args=[vera.public_id])))
