"""The board's page on screen and on paper: one page, comparable, with what is needed."""

import time

import pytest
from django.test import Client

from rejoinder.desk.experts import areas
from rejoinder.reporting import board as rules
from tests import people
from tests.reporting.test_waits import answered
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import text
from tests.web.reports.test_themes import question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

DAY = 24 * 60


@pytest.fixture
def dan(browse: Browse) -> Client:
    return browse(people.dan())


def a_month() -> None:
    """Each week nine people about the network; twelve in the last, of whom eight had an answer."""
    areas.keep(people.dan(), "Network", ["outage"])
    for week in range(5, 0, -1):
        for at in range(12 if week == 1 else 9):
            talk = stage.says(
                f"Person {week} {at}",
                f"no signal in Leeds <b>since</b> Sunday {at}",
                minutes_ago=7 * DAY * week - 3 * DAY,
                intent="outage",
                sentiment="negative",
            )
            if week == 1 and at < 8:
                answered(talk, minutes_ago=4 * DAY - 40)


def test_a_week_stands_beside_the_one_before(dan: Client) -> None:
    a_month()
    page = text(dan.get("/reports/board"))
    assert "23 February to 1 March 2026: 12 mentions by 12 people" in page
    assert "Network 12 9 9 100 %" in page
    assert "Network: “no signal in Leeds <b>since</b> Sunday" in page
    assert "More than in any of the earlier weeks: Network (12, usually 9)." in page
    assert "Replies that left 8 0" in page
    assert "Half of first answers within 40 min –" in page
    assert "No promise fell due this week." in page
    assert "What we need from you Nothing this week." in page
    assert "The week after" not in page

    page = text(dan.get("/reports/board?week=2026-02-18"))
    assert "16 February to 22 February 2026" in page
    assert "not enough weeks yet to say what is usual" in page
    assert "The week after" in page


def test_a_lead_writes_what_is_needed(dan: Client, browse: Browse) -> None:
    given = {"week": "2026-02-23", "text": "Two more masts in Leeds.\nRing 07700 900123."}
    page = text(dan.post("/reports/board/write", given, follow=True))
    assert "What we need from you Two more masts in Leeds. Ring [phone number]." in page
    alice = browse(people.alice())
    assert "Two more masts in Leeds." in text(alice.get("/reports/board"))
    assert "What you ask the board for" not in text(alice.get("/reports/board"))


@pytest.mark.parametrize("week", ["2030-01-01", "no", "9999-12-31", "0001-01-01", "2026-03-02"])
def test_an_odd_week_is_the_last_or_empty(dan: Client, week: str) -> None:
    assert dan.get("/reports/board", {"week": week}).status_code == 200


def test_the_pdf_of_a_busy_week_is_one_page_within_five_seconds(dan: Client) -> None:
    for name in ("Billing", "Accounts", "Phones", "Sales", "Privacy", "Shops"):
        area = areas.keep(people.dan(), name, [name.lower()])
        for at in range(6):
            stage.says(
                f"{name} {at}",
                "a long sentence of what went wrong for me and how, told at length " * 4,
                minutes_ago=3 * DAY,
                intent=area.name.lower(),
                question_id=question(f"Why, please, is {name} what it is, and until when? {at}").pk,
            )
    a_month()
    rules.write(people.dan(), rules.last_week(), "Two more masts in Leeds, soon.\n" * 6)
    begun = time.perf_counter()
    made = dan.get("/reports/board.pdf")
    assert time.perf_counter() - begun < 5
    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"] == 'attachment; filename="board-2026-02-23.pdf"'
    assert made.content.startswith(b"%PDF")
    assert made.content.count(b"/Type/Pages/Count 1/") == 1
