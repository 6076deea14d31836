"""Dan writes when his people work; everybody sees which hours of the month have nobody there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening.models import MinuteCount
from rejoinder.team.models import DayChange, Hours
from rejoinder.team.rota import actions
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")

FORM = {
    "hours": "Mo-Fr 8-12 13-17:30, Feiertage 10-14",
    "place": "gb-eng",
    "pace": "20",
    "languages": "en, DE",
    "skills": "",
}


def address(name: str, whose: str = "alice") -> str:
    return reverse(name, args=[getattr(people, whose)().public_id])


def test_hours_are_written_in_one_line_and_shown_to_everybody(dan: Client, alice: Client) -> None:
    answer = dan.post(address("set-hours"), FORM, follow=True)

    assert "The hours of Alice are written." in notices(answer)
    page = text(alice.get(reverse("rota")))
    assert "On duty now: Alice." in page
    assert "Mon-Fri 8-12 13-17:30, holidays 10-14" in page
    assert "20 people an hour · de, en" in page
    assert "08:00–12:00 13:00–17:30" in page
    assert Hours.objects.get().place == "GB-ENG"
    assert address("write-rota") in source(dan.get(reverse("rota")))
    assert address("write-rota") not in source(alice.get(reverse("rota")))


def test_what_is_no_working_time_stays_in_the_field(dan: Client) -> None:
    answer = dan.post(address("set-hours"), FORM | {"hours": "Mon 8-12 11-13"})

    assert answer.status_code == 422
    assert "is no working time" in notices(answer)
    assert 'value="Mon 8-12 11-13"' in source(answer)
    assert not Hours.objects.exists()
    for wrong in ({"pace": "many"}, {"place": "XX"}):
        assert dan.post(address("set-hours"), FORM | wrong).status_code == 422


def test_leave_is_entered_seen_and_dropped(dan: Client, alice: Client) -> None:
    dan.post(address("set-hours"), FORM)

    dan.post(address("change-days"), {"first": "2026-03-02", "why": "a wedding"})
    assert "Nobody is on duty now" in text(alice.get(reverse("rota")))
    assert "wedding" not in text(alice.get(reverse("rota")))
    page = text(dan.get(address("write-rota")))
    assert "away" in page
    assert "a wedding" in page

    dan.post(reverse("drop-change", args=[DayChange.objects.get().pk]))
    assert "On duty now: Alice." in text(alice.get(reverse("rota")))
    for wrong in ({"first": ""}, {"first": "2026-03-02", "other_hours": "9"}):
        assert dan.post(address("change-days"), wrong).status_code == 422


def test_the_month_shows_hours_with_nobody_and_what_is_expected(dan: Client, alice: Client) -> None:
    actions.set_hours(people.dan(), people.alice(), typed="Mon-Fri 8-20", pace=2)
    for week in (1, 2):
        for hour, many in ((9, 30), (21, 12)):
            at = datetime(2026, 3, 2, hour, tzinfo=UTC) - timedelta(weeks=week)
            MinuteCount.objects.create(channel=stage.CHANNEL, minute=at, mentions=many)

    page = text(alice.get(reverse("coverage")))

    assert "hours of the next month nobody is on duty" in page
    # Five Monday evenings of the 31 days, and the hours of which nothing was heard count as none.
    assert "About 60 mentions are expected meanwhile." in page
    assert "20:00 until 3 Mar, 08:00 about 12 expected" in page
    assert "fewer than it takes" in page


def test_who_speaks_german_is_asked_of_the_month(dan: Client, alice: Client) -> None:
    actions.set_hours(people.dan(), people.alice(), typed="Mon-Sun 0-24", languages=["en"])
    actions.set_hours(people.dan(), people.bob(), typed="Mon-Fri 9-17", languages=["de"])

    every = text(alice.get(reverse("coverage")))
    german = text(alice.get(reverse("coverage"), {"language": "de"}))

    assert "Somebody is on duty in every hour of the next month." in every
    assert "What is expected is known once mentions were heard." in german
    assert "nobody is on duty" in german
    assert alice.get(reverse("coverage"), {"language": "x" * 10_000}).status_code == 200


def test_without_a_rota_the_month_says_how_to_begin(alice: Client) -> None:
    page = text(alice.get(reverse("coverage")))
    assert "No rota is kept yet." in page
    assert "Hour by hour" not in page


def test_the_hour_that_clocks_skip_is_empty(dan: Client, alice: Client) -> None:
    actions.set_hours(people.dan(), people.alice(), typed="Mon-Fri 8-17")
    people.alice().__class__.objects.update(time_zone="Europe/London")

    page = source(alice.get(reverse("coverage")))

    assert page.count("<td></td>") == 9 + 1  # today's until nine; 29 March, one o'clock


def test_sending_into_an_hour_without_anybody_warns(dan: Client, alice: Client) -> None:
    actions.set_hours(people.dan(), people.alice(), typed="Mon-Fri 8-17")
    talk = stage.says("Tom", "no signal", minutes_ago=1)
    alice.post(reverse("take", args=[talk.public_id]))
    later = reverse("send-later", args=[talk.public_id])

    answer = alice.post(later, {"text": "On it.", "at": "2026-03-02T20:00"}, follow=True)

    assert "Nobody is on duty at 20:00" in notices(answer)
    assert "Somebody is there from 3 Mar, 08:00." in notices(answer)


def test_sending_while_somebody_is_there_does_not(dan: Client, alice: Client) -> None:
    actions.set_hours(people.dan(), people.alice(), typed="Mon-Fri 8-17")
    talk = stage.says("Tom", "no signal", minutes_ago=1)
    alice.post(reverse("take", args=[talk.public_id]))
    later = reverse("send-later", args=[talk.public_id])

    answer = alice.post(later, {"text": "On it.", "at": "2026-03-02T16:00"}, follow=True)

    assert "Nobody is on duty" not in notices(answer)


def test_alarms_say_whom_they_call(olga: Client, dan: Client) -> None:
    people.alice()
    assert "No rota is kept: alarms call leads and owners." in text(olga.get(reverse("calling")))

    dan.post(address("set-hours"), FORM)
    assert "On duty now: Alice." in text(olga.get(reverse("calling")))
