"""The pages of who learns and of who looks at it."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.models import DraftReview
from tests import people
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def tess(browse: Browse) -> Client:
    return browse(people.tess())


def test_a_draft_goes_from_tess_to_alice_and_back_with_a_word(tess: Client, alice: Client) -> None:
    tom = stage.says("Tom", "no signal")
    at = reverse("conversation", args=[tom.public_id])
    tess.post(reverse("take", args=[tom.public_id]))
    page = text(tess.get(at))
    assert "Ask for a look" in page
    assert "Send to" not in page
    assert "Hand over" not in page

    asked = tess.post(
        reverse("ask-look", args=[tom.public_id]), {"text": "Sorry, call 07700 900123"}
    )

    said = notices(tess.get(asked.headers["Location"]))
    assert said == "Your draft waits for a look. You can still change it."
    assert "Coaching 1" in text(alice.get("/"))
    listed = text(alice.get(reverse("coaching")))
    assert "Tess" in listed
    assert "900123" not in listed
    row = DraftReview.objects.get()
    alice.post(reverse("take-up-draft", args=[row.pk]))
    assert "Tess wrote this draft" in text(alice.get(at))
    assert "Sorry, call 07700 900123" in source(alice.get(at))

    alice.post(reverse("give-back-draft", args=[row.pk]), {"word": "No numbers in public."})

    mine = text(tess.get(reverse("coaching")))
    assert "given back by Alice" in mine
    assert "Alice says No numbers in public." in mine
    assert "Sorry, call 07700 900123" in source(tess.get(at))


def test_what_alice_sent_stands_beside_what_tess_wrote(tess: Client, alice: Client) -> None:
    tom = stage.says("Tom", "no signal")
    tess.post(reverse("take", args=[tom.public_id]))
    tess.post(reverse("ask-look", args=[tom.public_id]), {"text": "We look at it."})
    row = DraftReview.objects.get()
    alice.post(reverse("take-up-draft", args=[row.pk]))
    alice.post(reverse("send", args=[tom.public_id]), {"text": "Sorry, Tom. We look at it."})
    alice.post(reverse("say-of-draft", args=[row.pk]), {"word": "Say sorry first."})

    mine = text(tess.get(reverse("coaching")))

    assert "Written We look at it. Left Sorry, Tom. We look at it." in mine
    assert "Alice says Say sorry first." in mine


def test_the_guard_tells_tess_and_stops_only_who_sends(tess: Client) -> None:
    tom = stage.says("Tom", "no signal")
    tess.post(reverse("take", args=[tom.public_id]))
    said = tess.post(
        reverse("check", args=[tom.public_id]), {"text": "Is 07700 900123 still your number?"}
    ).json()
    assert "Everybody would read" in said["block"]
    assert "Send all the same" not in said["block"]
    assert not said["stops"]


def test_without_anybody_who_learns_the_rail_has_no_such_line(alice: Client) -> None:
    assert "Coaching" not in text(alice.get("/"))
    assert "No draft waits." in text(alice.get(reverse("coaching")))
