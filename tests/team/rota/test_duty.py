"""The rota in the tables: who is on duty, who is next, what cannot stand in it."""

from datetime import date, timedelta

import pytest

from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import DayChange
from rejoinder.team.rota import actions, duty
from rejoinder.team.rota.actions import CannotChangeRotaError
from tests import people
from tests.conftest import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_nobody_wrote_hours_so_no_rota_is_kept() -> None:
    people.alice()

    assert duty.duty() == duty.Duty(is_kept=False, on=frozenset(), away=frozenset())
    assert duty.unstaffed(MONDAY) == (False, None)


def test_who_is_there_and_who_is_next() -> None:
    dan, alice = people.dan(), people.alice()
    actions.set_hours(dan, alice, typed="Mon-Fri 8-17", place="GB-ENG")

    assert duty.duty().on == {alice.pk}
    assert duty.unstaffed(MONDAY) == (False, None)
    evening = MONDAY + timedelta(hours=9)
    assert duty.unstaffed(evening) == (True, MONDAY + timedelta(hours=23))
    # Good Friday to Easter Monday nobody is there: the next is Tuesday, an hour ahead in summer.
    good_friday = MONDAY.replace(month=4, day=3)
    assert duty.unstaffed(good_friday) == (True, MONDAY.replace(month=4, day=7, hour=7))


def test_leave_and_back_again() -> None:
    dan, alice = people.dan(), people.alice()
    actions.set_hours(dan, alice, typed="Mon-Fri 8-17")
    change = actions.change_days(dan, alice, MONDAY.date(), date(2026, 3, 8))

    assert duty.duty().on == frozenset()
    assert duty.duty().away == {alice.pk}
    actions.drop_change(dan, change)
    assert duty.duty().on == {alice.pk}
    assert not DayChange.objects.exists()


def test_hours_of_one_day_are_a_rota_too() -> None:
    dan, alice = people.dan(), people.alice()
    actions.change_days(dan, alice, MONDAY.date(), MONDAY.date(), typed="8-17")

    assert duty.duty().is_kept
    assert duty.duty().on == {alice.pk}
    assert duty.unstaffed(MONDAY + timedelta(days=1))[0]


def test_languages_and_skills_are_kept_once_each() -> None:
    row = actions.set_hours(
        people.dan(), people.alice(), typed="Mon 8-9", languages=["DE", "de ", ""], skills=["5G"]
    )

    assert (row.languages, row.skills) == (["de"], ["5g"])


@pytest.mark.parametrize(
    ("typed", "place", "pace"), [("Mon 8", "", 12), ("Mon 8-9", "XX", 12), ("Mon 8-9", "", 0)]
)
def test_what_cannot_stand_in_a_rota_is_said(typed: str, place: str, pace: int) -> None:
    with pytest.raises(CannotChangeRotaError):
        actions.set_hours(people.dan(), people.alice(), typed=typed, place=place, pace=pace)


def test_days_that_end_before_they_begin_are_refused() -> None:
    today = clock.now().date()
    for last in (today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(CannotChangeRotaError):
            actions.change_days(people.dan(), people.alice(), today, last)
    with pytest.raises(CannotChangeRotaError):
        actions.change_days(people.dan(), people.alice(), today, today, typed="9")


def test_only_who_steers_writes_the_rota() -> None:
    alice, today = people.alice(), clock.now().date()
    change = actions.change_days(people.dan(), alice, today, today)

    with pytest.raises(NotAllowedError):
        actions.set_hours(alice, alice, typed="Mon 8-9")
    with pytest.raises(NotAllowedError):
        actions.change_days(alice, alice, today, today)
    with pytest.raises(NotAllowedError):
        actions.drop_change(alice, change)
