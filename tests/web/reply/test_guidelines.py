"""The page of the guidelines, and what stands beside the reply box."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.models import GuidelineComment, GuidelineVersion
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")
AT = "/guidelines"


def test_a_lead_begins_changes_and_retires_and_alice_says_what_she_thinks(
    dan: Client, alice: Client
) -> None:
    assert "Nothing is written yet." in text(alice.get(AT))
    assert "Begin with five" in text(dan.get(AT))
    dan.post(reverse("begin-guidelines"))
    first = GuidelineVersion.objects.order_by("id").first()
    assert first is not None
    alice.post(reverse("comment-guideline", args=[first.pk]), {"text": "Ours are all like that"})
    assert "Ours are all like that" in text(dan.get(AT))
    dan.post(reverse("settle-comment", args=[GuidelineComment.objects.get().pk]))
    assert "settled by Dan" in text(alice.get(AT))
    kept = dan.post(
        reverse("change-guideline", args=[first.guideline_id]),
        {"title": "Talk like Tom", "seen": "1"},
    )
    assert notices(dan.get(kept.headers["Location"])) == "Kept as version 2."
    assert "of version 1" in text(alice.get(AT))
    dan.post(reverse("retire-guideline", args=[first.guideline_id]))
    assert "Talk like Tom" not in text(alice.get(AT))


def test_what_is_refused_stays_in_the_form(dan: Client) -> None:
    answer = dan.post(reverse("write-guideline"), {"title": " ", "text": "my long thoughts"})
    assert answer.status_code == 422
    assert "my long thoughts" in source(answer)
    assert "Give the rule a title" in text(answer)


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "٣"])
def test_a_mistyped_version_is_no_version(dan: Client, seen: str) -> None:
    dan.post(reverse("write-guideline"), {"title": "One"})
    rule = GuidelineVersion.objects.get().guideline_id
    answer = dan.post(reverse("change-guideline", args=[rule]), {"title": "Two", "seen": seen})
    assert answer.status_code == 422
    assert GuidelineVersion.objects.count() == 1


def test_they_stand_beside_the_box_and_hint_under_the_draft(dan: Client, alice: Client) -> None:
    dan.post(
        reverse("write-guideline"),
        {"title": "<b>Sorry</b> once", "good": "I am sorry, Tom.", "cues": "any inconvenience"},
    )
    tom = stage.says("Tom", "no signal")
    alice.post(reverse("take", args=[tom.public_id]))
    page = alice.get(reverse("conversation", args=[tom.public_id]))
    assert "Our guidelines <b>Sorry</b> once I am sorry, Tom." in text(page)
    said = alice.post(
        reverse("check", args=[tom.public_id]), {"text": "Sorry for any inconvenience"}
    ).json()
    assert "our guideline says" in said["hints"]
    assert "<b>Sorry" not in said["hints"]
