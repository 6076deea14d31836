"""One at a time: the second waits, a silent holder is passed over and notices."""

from datetime import UTC, datetime, timedelta

import pytest

from rejoinder.plumbing import clock
from rejoinder.plumbing.lease import LENGTH, Lease

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_one_has_it_and_the_other_waits() -> None:
    first, second = Lease("reading"), Lease("reading")
    with clock.standing(NOON):
        assert first.held()
        assert not second.held()
        clock.turn(LENGTH / 2)
        assert first.held()
        clock.turn(LENGTH * 3 / 4)
        assert not second.held()  # it was renewed


def test_who_falls_silent_is_passed_over_and_notices() -> None:
    silent, next_one = Lease("reading"), Lease("reading")
    with clock.standing(NOON):
        assert silent.held()
        clock.turn(LENGTH + timedelta(seconds=1))
        assert next_one.held()
        assert not silent.held()
        clock.turn(LENGTH / 2)
        assert next_one.held()


def test_let_go_it_is_free_at_once() -> None:
    first, second = Lease("reading"), Lease("reading")
    with clock.standing(NOON):
        assert first.held()
        first.release()
        assert second.held()
        assert not first.held()
        first.release()  # it is not first's to give
        assert second.held()


def test_two_things_are_two_leases() -> None:
    with clock.standing(NOON):
        assert Lease("reading").held()
        assert Lease("writing").held()
