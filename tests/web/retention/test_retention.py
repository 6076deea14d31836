"""Periods are shown before they delete, and holds stand beside them."""

from datetime import timedelta

import pytest
from django.test import Client

from rejoinder.privacy.models import LegalHold, Period
from rejoinder.privacy.retention import applying
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
YEAR = 60 * 24 * 365
FORM = {"channel-bluesky": "365", "purpose-callback": "30"}


def quiet() -> str:
    talk = stage.says("Tom", "thank you", minutes_ago=2 * YEAR)
    talk.waiting_since = None
    talk.save()
    return str(talk.public_id)


def test_what_would_go_is_shown_and_nothing_is_changed(dan: Client) -> None:
    quiet()
    page = dan.post("/retention/preview", FORM)
    assert "would delete 1 person or value now" in text(page)
    assert 'name="agreed" value="1"' in source(page)
    assert not Period.objects.exists()


def test_what_was_agreed_to_is_deleted_by_the_job(dan: Client, ann: Client) -> None:
    quiet()
    dan.post("/retention/change", {**FORM, "agreed": "1"})
    assert applying.run() == 1
    page = ann.get("/retention")
    assert 'value="365"' in source(page)
    assert "0 people had their time" in text(page)
    assert "<form" not in source(page).split("</form>", 2)[-1].split("<main", 1)[-1]


def test_a_period_goes_again(dan: Client) -> None:
    dan.post("/retention/change", {"purpose-callback": "30", "agreed": "0"})
    assert Period.objects.count() == 1
    dan.post("/retention/change", {"purpose-callback": "", "agreed": "0"})
    assert not Period.objects.exists()


@pytest.mark.parametrize("said", ["0", "soon", "-1", "99999", "²"])
def test_what_is_no_period_is_said(dan: Client, said: str) -> None:
    quiet()
    page = dan.post("/retention/preview", {"channel-bluesky": said})
    assert page.status_code == 422
    assert "1 to 36,500" in notices(page)


def test_more_than_was_shown_changes_nothing(dan: Client) -> None:
    quiet()
    page = dan.post("/retention/change", {**FORM, "agreed": "x"}, follow=True)
    assert "Look again" in notices(page)
    assert not Period.objects.exists()


def test_a_hold_is_placed_on_the_person_of_a_conversation_and_ended(dan: Client) -> None:
    address = f"http://testserver/c/{quiet()}"
    form = {"conversation": address, "ground": "Case 7", "until": "2026-06-30"}
    page = dan.post("/retention/hold", form, follow=True)
    assert "Case 7" in text(page)
    assert "owned by Dan, to the end of 30 Jun 2026" in text(page)
    dan.post("/retention/change", {**FORM, "agreed": "0"})
    assert applying.run() == 0
    hold = LegalHold.objects.get()
    assert hold.subject
    page = dan.post(f"/retention/hold/{hold.pk}/end", follow=True)
    assert "Nothing is held" in text(page)
    assert "Holds that are over" in text(page)


@pytest.mark.parametrize(
    "wrong", [{"conversation": "nowhere"}, {"ground": ""}, {"until": "later"}, {"until": ""}]
)
def test_a_hold_needs_a_person_a_ground_and_an_end(dan: Client, wrong: dict[str, str]) -> None:
    form = {"conversation": f"/c/{quiet()}", "ground": "Case 7", "until": "2026-06-30"}
    page = dan.post("/retention/hold", form | wrong, follow=True)
    assert notices(page)
    assert not LegalHold.objects.exists()


def test_everybody_may_be_held(dan: Client) -> None:
    form = {"everybody": "yes", "ground": "Order of a court", "until": "2026-06-30"}
    page = dan.post("/retention/hold", form, follow=True)
    assert "everybody" in text(page)
    assert LegalHold.objects.get().until - LegalHold.objects.get().at > timedelta(days=100)
