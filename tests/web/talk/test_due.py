"""What was handed over with a time: on the row, the page, the list and in the history."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.desk.models import Handover
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, text

HOUR = timedelta(hours=1)


@pytest.mark.usefixtures("monday")
def test_it_is_said_in_words_on_row_page_and_history(
    alice: Client, bob: Client, monday: datetime
) -> None:
    tom = desk.take(stage.says("Tom", "no signal"), people.alice())
    values = {"taker": str(people.bob().public_id), "note": "please", "due": "2026-03-02T10:00"}

    alice.post(reverse("hand-over", args=[tom.public_id]), values)

    assert "due 10:00, in 1 h" in text(bob.get(reverse("mine")))
    assert "1 due today" in text(bob.get(reverse("mine")))
    page = text(bob.get(reverse("conversation", args=[tom.public_id])))
    assert "Alice handed over to Bob, 09:00. Due 10:00. “please”" in page
    with clock.standing(monday + HOUR + timedelta(minutes=17)):
        assert "due 10:00, 17 min late" in text(bob.get(reverse("due")))
    assert "Nothing of yours is due today." in text(alice.get(reverse("due")))


def test_a_time_that_is_over_is_refused_and_nothing_is_handed(
    alice: Client, monday: datetime
) -> None:
    tom = desk.take(stage.says("Tom", "no signal"), people.alice())
    values = {"taker": str(people.bob().public_id), "due": "2026-03-01T10:00"}

    said = alice.post(reverse("hand-over", args=[tom.public_id]), values, follow=True)

    assert "This time is over" in notices(said)
    assert not Handover.objects.exists()
