"""Alice opens the page of accounts that look like Northwind."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.impostors import seeking
from rejoinder.desk.models import Impostor
from tests.web import stage
from tests.web.pages import notices, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def impostor() -> Impostor:
    stage.says("Tom", "no signal", thread="at://one")
    stage.person("Imp", handle="n0rthwind.example")
    stage.says("Imp", "Send me your PIN", thread="at://one")
    seeking.run()
    return Impostor.objects.get()


def test_an_empty_page_says_what_is_compared(alice: Client) -> None:
    assert "Nobody passes for us." in text(alice.get(reverse("impostors")))


def test_it_shows_what_was_said_and_to_whom(alice: Client, impostor: Impostor) -> None:
    shown = text(alice.get(reverse("impostors")))
    assert "The same to the eye" in shown
    assert "Tom" in shown
    assert "Send me your PIN" in shown


def test_a_warning_stands_in_the_draft(alice: Client, impostor: Impostor) -> None:
    talk = stage.says("Tom", "still none", thread="at://one")
    answer = alice.post(reverse("warn-of-impostor", args=[talk.public_id, impostor.pk]))
    assert answer.headers["Location"] == reverse("conversation", args=[talk.public_id])
    assert "is not us" in alice.get(answer.headers["Location"]).content.decode()


def test_a_warning_goes_to_nobody_they_did_not_answer(alice: Client, impostor: Impostor) -> None:
    talk = stage.says("Rosa", "hello")
    answer = alice.post(
        reverse("warn-of-impostor", args=[talk.public_id, impostor.pk]), follow=True
    )
    assert "answered nobody" in notices(answer)


def test_a_lead_closes_it(dan: Client, impostor: Impostor) -> None:
    dan.post(reverse("end-impostor", args=[impostor.pk]), {"as": "none", "why": "A shop of ours"})
    shown = text(dan.get(reverse("impostors")))
    assert "A shop of ours" in shown
    assert "No impostor" in shown
