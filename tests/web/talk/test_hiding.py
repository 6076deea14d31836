"""The page on which a comment is hidden from others or shown again, and the list of hidden ones."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import Moderation, State
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, text

pytestmark = pytest.mark.django_db
FORM = {"ground": "exposing", "why": "his number", "days": "30"}


@pytest.fixture
def talk(monday: datetime) -> Conversation:
    """Tom wrote his number on our blog."""
    words = "ring me on [••• phone number]"
    return stage.says("Tom", words, channel="wordpress", ref={"post": 1})


def address(talk: Conversation, name: str) -> str:
    post = Mention.objects.get(conversation=talk)
    return reverse(name, args=[talk.public_id, post.pk])


def conversation(client: Client, talk: Conversation) -> str:
    return text(client.get(reverse("conversation", args=[talk.public_id])))


def is_done() -> None:
    """The sender was there."""
    row = Moderation.objects.latest("pk")
    Moderation.objects.filter(pk=row.pk).update(state=State.SENT, sent_at=clock.now())
    Mention.objects.filter(pk=row.mention_id).update(hidden=row.hides)


def test_it_is_hidden_and_shown_again(alice: Client, talk: Conversation) -> None:
    assert "Hide from others" in conversation(alice, talk)
    page = text(alice.get(address(talk, "who-sees")))
    assert "Personal data that everybody can read" in page
    assert "Fraud or spam" not in page, "that is a lead's"
    done = alice.post(address(talk, "hide-post"), FORM, follow=True)
    assert "still waits" in notices(done)
    assert "being hidden there" in conversation(alice, talk)
    is_done()
    assert "hidden from others by us" in conversation(alice, talk)
    listed = text(alice.get(reverse("hidden")))
    assert "1 post is hidden from others." in listed
    assert "his number" in listed
    assert alice.post(address(talk, "show-post"), {"why": ""}).status_code == 422
    alice.post(address(talk, "show-post"), {"why": "it was a shop's"})
    is_done()
    assert "Hide from others" in conversation(alice, talk)


def test_what_is_wrong_is_said_beside_what_was_filled_in(
    client: Client, talk: Conversation
) -> None:
    client.force_login(people.dan())
    answer = client.post(address(talk, "hide-post"), FORM | {"ground": "threats", "why": "rude"})
    assert answer.status_code == 422
    said = text(answer)
    assert "Criticism is answered" in said
    assert not Moderation.objects.exists()
    sure = FORM | {"ground": "threats", "why": "rude", "sure": "on"}
    assert client.post(address(talk, "hide-post"), sure).status_code == 302


def test_what_waits_for_a_moderator_says_so_and_is_let_through(
    alice: Client, talk: Conversation
) -> None:
    Mention.objects.update(hidden=True)
    said = conversation(alice, talk)
    assert "others do not see it there" in said
    assert "Let others see it" in said
    assert alice.post(address(talk, "show-post"), {}).status_code == 302
    assert Moderation.objects.get().hides is False


def test_a_channel_that_cannot_shows_nothing_of_it(alice: Client, monday: datetime) -> None:
    other = stage.says("Tina", "ring me on [••• phone number]")
    assert "Hide from others" not in conversation(alice, other)
    assert "may not" not in conversation(alice, other)
    assert alice.post(address(other, "hide-post"), FORM).status_code == 422


def test_a_lead_keeps_it_hidden(client: Client, talk: Conversation) -> None:
    client.force_login(people.dan())
    client.post(address(talk, "hide-post"), FORM)
    is_done()
    row = Moderation.objects.get()
    assert "Keep it hidden" in text(client.get(reverse("hidden")))
    client.post(reverse("review-hidden", args=[row.pk]), {"days": "7"})
    before = row.review_at
    row.refresh_from_db()
    assert row.review_at != before
