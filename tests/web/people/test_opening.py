"""Dan writes when the house is open and what is said outside; people outside read it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.models import Acknowledging
from rejoinder.plumbing import clock
from rejoinder.team.models import AuditLine, OpeningHours, Role
from rejoinder.team.rota import opening
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HOURS = {"hours": "Mo-Fr 8-18, Sa 9-13", "place": "gb-eng"}


def contact() -> str:
    stage.account("/contact", "webform")
    return text(Client().get(reverse("contact")))


def test_hours_stand_on_the_contact_page(dan: Client) -> None:
    assert "at the desk" not in contact()
    answer = dan.post(reverse("set-opening"), HOURS, follow=True)
    assert "The opening hours are written." in notices(answer)
    page = contact()
    assert "We are there: Mon-Fri 8-18, Sat 9-13." in page
    assert "Somebody is at the desk now." in page
    clock.turn(timedelta(hours=12))
    assert "we are back 3 Mar, 08:00" in contact()


def test_without_hours_the_rota_says_it(dan: Client) -> None:
    dan.post(reverse("set-opening"), HOURS)
    alice = reverse("set-hours", args=[people.alice().public_id])
    dan.post(alice, {"hours": "Mon 12-14", "pace": "9"})
    assert opening.opening().is_open
    dan.post(reverse("follow-rota"))
    assert not opening.opening().is_open
    assert "we are back 12:00" in contact()
    assert OpeningHours.objects.filter(ended_at=None).count() == 0


def test_a_slip_of_the_pen_stays_in_the_field(dan: Client) -> None:
    for wrong in ({"hours": "Mon 8-12 11-13"}, {"place": "XX"}):
        answer = dan.post(reverse("set-opening"), HOURS | wrong)
        assert answer.status_code == 422
        assert next(iter(wrong.values())) in source(answer)
    assert not OpeningHours.objects.exists()


def test_on_a_public_holiday_the_house_is_closed() -> None:
    opening.set_hours(people.dan(), "Mon-Fri 8-18", "GB-ENG")
    good_friday = clock.now().replace(month=4, day=3, hour=10)
    found = opening.opening(good_friday)
    assert (found.is_open, found.next) == (False, good_friday.replace(day=7, hour=7))


def test_it_is_begun_kept_and_ended(dan: Client, alice: Client) -> None:
    page = dan.get(reverse("opening"))
    assert "Nothing is said by itself." in text(page)
    assert "{back}" in source(page)
    assert dan.post(reverse("begin-acknowledging"), {"text-en": "Bye"}).status_code == 422
    dan.post(reverse("begin-acknowledging"), {"text-en": "Back {back}"})
    assert Acknowledging.objects.get(ended_at=None).texts == {"en": "Back {back}"}
    assert "Back {back}" in text(alice.get(reverse("opening")))
    dan.post(reverse("end-acknowledging"))
    assert "Nothing is said by itself." in text(dan.get(reverse("opening")))
    actions = set(AuditLine.objects.values_list("action", flat=True))
    assert {"began acknowledging", "ended acknowledging"} <= actions


def test_in_the_name_of_who_steers_no_more_nothing_is_said(dan: Client, olga: Client) -> None:
    dan.post(reverse("begin-acknowledging"), {"text-en": "Back {back}"})
    lead = people.dan()
    lead.role = Role.ADVISOR
    lead.save()
    assert "steers here no more" in text(olga.get(reverse("opening")))
