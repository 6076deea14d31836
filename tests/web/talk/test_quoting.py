"""The page of praise, and what stands beside a conversation about quoting."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.models import Quote
from rejoinder.listening.models import Mention
from rejoinder.privacy.find import masked
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


def test_alice_asks_from_the_page_and_keeps_what_rosa_says(alice: Client) -> None:
    assert "No praise yet." in text(alice.get("/praise"))
    talk = stage.says("Rosa", "Bob fixed it in minutes. Lovely people!", intent="praise")
    said = Mention.objects.get(conversation=talk)
    assert "Lovely people!" in text(alice.get("/praise"))
    asked = alice.post(
        reverse("ask-quote", args=[said.pk]), {"words": "Lovely people!", "place": "in our report"}
    )
    at = reverse("conversation", args=[talk.public_id])
    assert asked.headers["Location"] == at
    assert "May we quote “Lovely people!” in our report?" in source(alice.get(at))
    quote = Quote.objects.get()
    alice.post(
        reverse("heard-quote", args=[talk.public_id, quote.pk]),
        {"answer": "yes", "signed": "Rosa"},
    )
    assert "They take it back" in text(alice.get(at))
    assert "May be quoted Lovely people! Rosa · in our report" in text(alice.get("/praise"))


def test_a_refusal_says_why(alice: Client) -> None:
    talk = stage.says("Rosa", "Lovely people!", intent="praise", public=False)
    said = Mention.objects.get(conversation=talk)
    assert "Ask to quote" not in text(alice.get("/praise"))
    answer = alice.post(
        reverse("ask-quote", args=[said.pk]),
        {"words": "Lovely people!", "place": "here"},
        follow=True,
    )
    assert notices(answer).startswith("They said this to you alone.")


def test_what_is_hidden_is_not_proposed(alice: Client) -> None:
    stage.says("Rosa", masked("Lovely people! Ring 07700 900123 any time"), intent="praise")
    assert ">Lovely people! Ring any time</textarea>" in source(alice.get("/praise"))
