"""Opening what is hidden: for a purpose, with a reason, logged, shown once."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening.models import Conversation, Mention
from rejoinder.privacy.models import LedgerEntry
from rejoinder.privacy.originals import Original, seal
from rejoinder.privacy.purpose import PURPOSES
from rejoinder.web.frame import words
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
SAID = "ring me on 07700 900123 <now>"


def hidden() -> tuple[Conversation, str]:
    talk = stage.says("Tom", "ring me on [••• phone number] <now>")
    mention = Mention.objects.get(pk=talk.last_mention_id or 0)
    seal([Original(mention.channel, mention.external_id, SAID)])
    return talk, reverse("original", args=[talk.public_id, mention.pk])


def test_it_is_shown_once_and_logged(alice: Client) -> None:
    talk, address = hidden()
    page = source(alice.get(reverse("conversation", args=[talk.public_id])))
    assert address in page
    assert "07700" not in page
    shown = alice.post(address, {"purpose": "callback", "why": "asked to be called"})
    assert SAID in text(shown)
    assert "no-store" in shown["Cache-Control"]
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.field) == ("opened", "original")
    assert (entry.purpose, entry.why) == ("callback", "asked to be called")


@pytest.mark.parametrize("given", [{"purpose": "marketing", "why": "x"}, {"purpose": "callback"}])
def test_without_a_purpose_and_a_reason_it_stays_sealed(
    alice: Client, given: dict[str, str]
) -> None:
    _, address = hidden()
    done = alice.post(address, given, follow=True)
    assert notices(done)
    assert "07700" not in source(done)
    assert LedgerEntry.objects.filter(kind="refused").exists()


def test_of_another_conversation_nothing_is_opened(alice: Client) -> None:
    _, address = hidden()
    other = stage.says("Tina", "hello", thread="at://other")
    number = address.rpartition("/")[2]
    assert alice.post(reverse("original", args=[other.public_id, number])).status_code == 404


def test_every_purpose_has_its_words() -> None:
    assert set(words.purpose_labels()) == set(PURPOSES)
