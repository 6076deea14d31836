"""The page of the desk's own work: empty, with one of everything, and too few."""

from datetime import timedelta

import pytest
from django.test import Client

from rejoinder.desk.models import Handover
from rejoinder.plumbing import clock
from tests import people
from tests.reporting.test_waits import answered
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def alice(browse: Browse) -> Client:
    return browse(people.alice())


def test_an_empty_desk_says_so_everywhere(alice: Client) -> None:
    page = text(alice.get("/reports/work"))
    assert "No hours are written in the rota" in page
    assert "Too few people wrote in this time to show by the hour." in page
    for words in ("Nothing was handed over.", "No crisis has ended yet.", "No answer was public."):
        assert words in page


def test_people_by_the_hour_and_replies_by_account(alice: Client) -> None:
    for at in range(6):
        answered(stage.says(f"Person {at}", "no signal", minutes_ago=70), minutes_ago=65)
    page = text(alice.get("/reports/work?days=1"))
    assert "Hour Days Wrote, a day Could help, a day Days over" in page
    assert " 1 6 0 1 " in page
    assert "northwind.example" in page
    assert "Every named question that enough people ask has an answer." in page


def test_few_who_were_handed_over_are_not_told(alice: Client) -> None:
    for at in range(4):
        Handover.objects.create(
            conversation=stage.says(f"Person {at}", "no signal"),
            giver=people.alice(),
            taker=people.bob(),
            at=clock.now() - timedelta(minutes=1),
        )
    page = text(alice.get("/reports/work"))
    assert "Common too few to show" in page


@pytest.mark.parametrize("days", ["<b>", "-1", "999", "٧٧", ""])
def test_a_time_that_is_none_is_the_usual(alice: Client, days: str) -> None:
    assert "the last 7 days" in text(alice.get("/reports/work", {"days": days}))
