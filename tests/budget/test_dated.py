"""The pure part: of the versions of a limit the right one is in force, and both around a change."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.budget.dated import binding, in_force, price

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GUARD = timedelta(seconds=2)

moments = st.integers(-20, 20).map(lambda s: NOON + timedelta(seconds=s))


@dataclass
class Version:
    pk: int
    name: str
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@st.composite
def versions(draw: st.DrawFn) -> list[Version]:
    many = draw(st.integers(0, 6))
    return [
        Version(
            number,
            draw(st.sampled_from("ab")),
            draw(st.none() | moments),
            draw(st.none() | moments),
        )
        for number in range(many)
    ]


def test_a_change_at_noon_is_in_force_from_noon_on() -> None:
    before, after = Version(1, "hour"), Version(2, "hour", NOON)
    assert in_force([before, after], NOON - timedelta(microseconds=1)) == [before]
    assert in_force([before, after], NOON) == [after]


def test_an_estimate_passes_and_what_it_covered_is_in_force_again() -> None:
    usual = Version(1, "hour", NOON - timedelta(days=9))
    estimate = Version(2, "hour", NOON, NOON + timedelta(days=1))
    assert in_force([usual, estimate], NOON + timedelta(hours=23)) == [estimate]
    assert in_force([usual, estimate], NOON + timedelta(days=1)) == [usual]


def test_a_correction_stays_above_a_new_default_without_a_date() -> None:
    corrected = Version(1, "hour", NOON - timedelta(days=9))
    assert in_force([corrected, Version(2, "hour")], NOON) == [corrected]


@given(versions(), moments)
def test_one_version_of_each_name_is_in_force_and_all_of_them_around_a_change(
    found: list[Version], now: datetime
) -> None:
    one = in_force(found, now)
    assert len({version.name for version in one}) == len(one)
    bound = binding(found, now, GUARD)
    for skew in (-GUARD, timedelta(0), GUARD):
        assert all(version in bound for version in in_force(found, now + skew))


def test_a_reply_not_written_yet_is_the_dearest_public_one() -> None:
    costs = {"link": 200_000, "summoned": 10_000, "private": 900_000}
    assert price(15_000, costs, None) == 200_000
    assert price(15_000, costs, "") == 15_000
    assert price(15_000, costs, "summoned") == 10_000
    assert price(15_000, costs, "private") == 900_000
    assert price(0, {"private": 1}, None) == 0
