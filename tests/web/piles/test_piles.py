"""Dan puts a wave of spam into a pile and dissolves it."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.models import Pile
from rejoinder.listening.models import Conversation
from tests.desk.piles.test_piles import copies
from tests.web.pages import notices, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_an_empty_page_says_what_is_proposed(alice: Client) -> None:
    assert "No wave of spam." in text(alice.get(reverse("piles")))


def test_a_wave_goes_into_a_pile_and_back(dan: Client) -> None:
    first = copies()
    assert "12 posts by 12 accounts" in text(dan.get(reverse("piles")))
    dan.post(reverse("pile", args=[first.pk]), {"why": "Prizes of nobody"})
    assert "12 conversations" in text(dan.get(reverse("piles")))
    answer = dan.post(reverse("dissolve-pile", args=[Pile.objects.get().pk]), follow=True)
    assert "12 conversations wait again." in notices(answer)
    assert "Dissolved" in text(answer)


def test_it_is_offered_beside_a_conversation_to_leads(dan: Client, alice: Client) -> None:
    first = copies(4)
    talk = Conversation.objects.get(last_mention_id=first.pk)
    page = reverse("conversation", args=[talk.public_id])
    assert "3 other accounts say the same" in text(dan.get(page))
    assert "say the same" not in text(alice.get(page))


def test_without_a_reason_nothing_happens(dan: Client) -> None:
    first = copies(4)
    answer = dan.post(reverse("pile", args=[first.pk]), {"why": ""}, follow=True)
    assert "why this is spam" in notices(answer)
    assert not Pile.objects.exists()
