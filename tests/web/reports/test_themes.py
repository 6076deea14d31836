"""The page of themes, and leads saying which question is whose."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.experts import areas
from rejoinder.desk.models import BusinessArea
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock
from rejoinder.reporting.models import QuestionArea
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import source, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

DAY = 24 * 60


@pytest.fixture
def dan(browse: Browse) -> Client:
    return browse(people.dan())


@pytest.fixture
def alice(browse: Browse) -> Client:
    return browse(people.alice())


def question(name: str) -> Question:
    now = clock.now()
    return Question.objects.create(name=name, first_at=now, last_at=now, people=9)


def a_week() -> Question:
    """Nine people about the network, of whom seven ask the same; two about a bill."""
    asked = question("When is 4G back?")
    for at in range(9):
        stage.says(
            f"Person {at}",
            f"no signal in Leeds since Sunday {at}, call ••• me @tina",
            minutes_ago=2 * DAY,
            intent="outage",
            sentiment="negative",
            question_id=asked.pk if at < 7 else None,
        )
    for at in range(2):
        stage.says(f"Payer {at}", "my bill is wrong", minutes_ago=2 * DAY, intent="billing")
    return asked


def test_a_lead_begins_with_the_usual_areas_and_the_page_tells_each(dan: Client) -> None:
    a_week()
    assert "No area yet." in text(dan.get("/reports/themes"))

    page = text(dan.post(reverse("begin-areas"), follow=True))
    assert "23 February to 1 March 2026: 11 mentions by 11 people; not enough weeks yet" in page
    assert "9 mentions by 9 people; not enough weeks yet to say what is usual." in page
    assert "Negative 100 %." in page
    assert "belong to no area" not in page  # two of eleven: too few to say so
    assert "When is 4G back? , 7 people" in page or "When is 4G back?, 7 people" in page
    assert "no signal in Leeds since Sunday" in page
    assert "@tina" not in page
    assert "my bill is wrong" not in page
    assert "Billing too few to show" in page

    dan.post(reverse("begin-areas"))
    assert BusinessArea.objects.count() == 6


def test_what_belongs_to_no_area_is_said(dan: Client) -> None:
    areas.keep(people.dan(), "Network", ["outage"])
    for at in range(9):
        intent = "outage" if at < 3 else "billing"
        stage.says(f"Person {at}", "no signal here", minutes_ago=DAY, intent=intent)
    words = "9 of them belong to no area, or to one with too few people to show."
    assert words in text(dan.get("/reports/themes?days=1"))
    assert words in text(dan.get("/reports/board"))


def test_what_was_said_today_is_not_yet_told(dan: Client) -> None:
    areas.keep(people.dan(), "Network", ["outage"])
    for at in range(9):
        stage.says(f"Person {at}", "no signal here today", minutes_ago=5, intent="outage")
    assert "Too few people to show anything." in text(dan.get("/reports/themes?days=1"))


def test_a_lead_says_whose_a_question_is(dan: Client, alice: Client) -> None:
    asked = a_week()
    dan.post(reverse("begin-areas"))
    shops = areas.keep(people.dan(), "Shops", [])

    page = dan.post(reverse("keep-mapping"), {f"question-{asked.pk}": shops.pk}, follow=True)
    assert "1 question changed its area." in text(page)
    assert QuestionArea.objects.get().area == shops
    assert AuditLine.objects.filter(action="said whose the question is").exists()
    assert "Shops 7 7" in text(dan.get("/reports/themes"))

    assert "Shops" in text(alice.get("/reports/questions"))
    assert "<select" not in source(alice.get("/reports/questions")).split("<main")[1]
    dan.post(reverse("keep-mapping"), {f"question-{asked.pk}": ""})
    assert not QuestionArea.objects.exists()


def test_without_questions_the_page_says_what_comes_first(alice: Client) -> None:
    assert "No question has a name yet." in text(alice.get("/reports/questions"))
    assert "Leads and owners keep areas and experts." in text(alice.get("/reports/themes"))
