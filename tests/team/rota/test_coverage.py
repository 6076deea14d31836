"""Hours with nobody there, what those who are there can do, and what is expected."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.team.rota.coverage import covered, expected
from rejoinder.team.rota.shifts import Works
from rejoinder.team.rota.week import Week, read
from tests.team.rota.test_week import weeks

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def test_half_an_hour_with_nobody_is_seen() -> None:
    alice = Works(1, "Europe/London", read("Mon 9-12"), pace=12)
    bob = Works(2, "Europe/London", read("Mon 11:30-13:30"), pace=6)

    found = covered([alice, bob], MONDAY, 24)

    assert found.fewest[[8, 9, 11, 12, 13]].tolist() == [0, 1, 1, 1, 0]
    assert found.nobody[[8, 9, 13, 14]].tolist() == [1, 0, 0.5, 1]
    assert found.can_help[[8, 9, 11, 12, 13]].tolist() == [0, 12, 15, 6, 3]


@given(st.lists(weeks, max_size=3), st.integers(1, 24 * 3))
def test_one_more_on_duty_never_makes_it_worse(drawn: list[Week], hours: int) -> None:
    everybody = [Works(place, "Europe/London", week) for place, week in enumerate(drawn)]
    found, fewer = covered(everybody, MONDAY, hours), covered(everybody[1:], MONDAY, hours)

    assert len(found.fewest) == hours
    assert (found.fewest >= fewer.fewest).all()
    assert (found.nobody <= fewer.nobody).all()
    assert (found.can_help >= fewer.can_help).all()
    assert ((found.nobody == 0) == (found.fewest > 0)).all()


def test_an_hour_expects_what_came_in_it_before() -> None:
    past = [
        (MONDAY - timedelta(weeks=2) + timedelta(hours=9), 10),
        (MONDAY - timedelta(weeks=1) + timedelta(hours=9), 30),
        (MONDAY - timedelta(days=1) + timedelta(hours=9), 5),
    ]

    found = expected(past, MONDAY, 48, "Europe/London")

    assert found is not None
    assert found[9] == 20
    assert found[33] == 15  # a Tuesday was never heard: the mean of all
    closed = expected(past, MONDAY, 48, "Europe/London", frozenset({date(2026, 3, 2)}))
    assert closed is not None
    assert closed[9] == 5  # a public holiday is as a Sunday


def test_hours_follow_the_wall_over_changed_clocks() -> None:
    winter = [(datetime(2026, 3, day, 9, tzinfo=UTC), 60) for day in range(2, 7)]
    quiet = [(at + timedelta(hours=1), 0) for at, _ in winter]

    found = expected(winter + quiet, datetime(2026, 3, 30, tzinfo=UTC), 24, "Europe/London")

    assert found is not None
    assert found[[8, 9]].tolist() == [60, 0]  # nine on the wall is eight in Greenwich now


def test_nothing_heard_expects_nothing_known() -> None:
    assert expected([], MONDAY, 24, "Europe/London") is None


def test_a_month_of_fifty_people_is_quick() -> None:
    everybody = [Works(n, "Europe/London", read("Mon-Sun 8-12 13-17")) for n in range(50)]

    found = covered(everybody, MONDAY, 31 * 24)

    assert np.unique(found.fewest).tolist() == [0, 50]
