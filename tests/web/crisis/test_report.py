"""The report after a crisis: read on the desk, saved as a file, set as PDF."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.crisis import actions
from rejoinder.crisis.models import Crisis
from rejoinder.desk import actions as desk
from rejoinder.plumbing import clock
from tests import people
from tests.web import outage, stage
from tests.web.pages import source, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(monday: datetime) -> Crisis:
    """An outage that was stood down."""
    crisis = outage.happen(60, 5)
    actions.stand_down(crisis, people.dan(), "Nine in ten <have> signal.")
    return crisis


def test_the_report_tells_what_happened_in_figures_and_words(alice: Client, over: Crisis) -> None:
    page = alice.get(reverse("crisis-report", args=[over.public_id]))
    words = text(page)
    assert "It began 2 Mar 2026, 06:10 and was declared by Dan, 2 Mar, 06:18." in words
    assert "Dan stood it down 2 Mar, 09:00, after 2 h: Nine in ten <have> signal." in words
    assert "The first public word came 8 min after the alarm" in words
    assert "60 mentions were heard." in words
    assert "Promises: 2 kept in time, 1 broken, 2 still open." in words
    assert "Written word to Ofcom on 999 calls Dan not kept" in words
    assert "Mast group Leeds North lost power" in words
    assert "Bluesky northwind.example" in words
    assert "<have>" not in source(page)


def test_what_comes_later_changes_no_report(alice: Client, over: Crisis) -> None:
    here = reverse("crisis-report", args=[over.public_id])
    before = report(text(alice.get(here)))
    clock.turn(timedelta(hours=2))
    talk = stage.says("Tom", "and another thing")
    stage.says("Tina", "no signal again", minutes_ago=0)
    desk.take(talk, people.alice())
    assert report(text(alice.get(here))) == before


def report(words: str) -> str:
    """Without the frame, and without who made it when."""
    return words.partition("In short")[2].partition("Made by")[0]


def test_it_is_saved_as_one_file_and_as_pdf(alice: Client, over: Crisis) -> None:
    file = alice.get(reverse("crisis-report-file", args=[over.public_id]))
    name = 'filename="2026-03-02-network-outage-yorkshire.html"'
    assert name in file["Content-Disposition"]
    assert "<style>" in source(file)
    made = alice.get(reverse("crisis-report-pdf", args=[over.public_id]))
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")


def test_a_crisis_that_just_began_has_a_report_too(dan: Client, monday: datetime) -> None:
    crisis = actions.declare(people.dan(), "💥")
    page = dan.get(reverse("crisis-report", args=[crisis.public_id]))
    assert "It is open still." in text(page)
    assert "Nothing was said in public." in text(page)
    made = dan.get(reverse("crisis-report-pdf", args=[crisis.public_id]))
    assert 'filename="2026-03-02-crisis.pdf"' in made["Content-Disposition"]
