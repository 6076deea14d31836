"""The desk's work against counting by hand: load, handovers, moods, and who asked again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from rejoinder.reporting.few import FEW
from rejoinder.reporting.work import handed, load
from rejoinder.reporting.work.feedback import WEEK, Helped, Said, came_back, mood
from rejoinder.reporting.work.handed import Handed
from rejoinder.reporting.work.share import apart, share
from rejoinder.team.rota.coverage import HOUR, Covered

BEGINS = datetime(2026, 3, 27, tzinfo=UTC)  # clocks go forward on the 29th
LONDON = ZoneInfo("Europe/London")
Value = TypeVar("Value")


def moments(hours: int) -> st.SearchStrategy[datetime]:
    return st.integers(0, hours * 3600 - 1).map(lambda at: BEGINS + timedelta(seconds=at))


def some(of: st.SearchStrategy[Value], most: int = 60) -> st.SearchStrategy[list[Value]]:
    return st.lists(of, max_size=most)


@st.composite
def days(draw: Callable[..., object]) -> tuple[list[tuple[int, datetime]], Covered]:
    many = 24 * 4
    wrote = draw(some(st.tuples(st.integers(1, 9), moments(many))))
    pace = draw(st.lists(st.integers(0, 3), min_size=many, max_size=many))
    can_help = np.array(pace, float)
    cover = Covered(BEGINS, (can_help > 0).astype(np.int64), (can_help == 0) * 1.0, can_help)
    return wrote, cover  # type: ignore[return-value]


@given(days())
def test_load_is_what_counting_by_the_hour_says(
    case: tuple[list[tuple[int, datetime]], Covered],
) -> None:
    wrote, cover = case
    at = np.array([int(when.timestamp()) for _, when in wrote], np.int64)
    person = np.array([who for who, _ in wrote], np.int64)
    hours = [BEGINS + place * HOUR for place in range(len(cover.can_help))]

    for row in load.by_hour(at, person, cover, LONDON):
        mine = [n for n, each in enumerate(hours) if each.astimezone(LONDON).hour == row.hour]
        there = [{who for who, when in wrote if hours[n] <= when < hours[n] + HOUR} for n in mine]
        ever = set().union(*there)
        assert row.days == len(mine)
        assert row.can_help == pytest.approx(np.mean([cover.can_help[n] for n in mine]))
        if 0 < len(ever) < FEW:
            assert (row.people, row.over) == (None, None)
            continue
        assert row.people == pytest.approx(np.mean([len(each) for each in there]))
        over = [len(each) > cover.can_help[n] for n, each in zip(mine, there, strict=True)]
        assert row.over == sum(over)

    told = load.alone(at, person, cover)
    assert [gap.people for gap in told] == sorted((gap.people for gap in told), reverse=True)
    for gap in told:
        inside = {who for who, when in wrote if gap.begins <= when < gap.ends}
        assert gap.people == len(inside) >= FEW
        for n, each in enumerate(hours):
            assert not gap.begins <= each < gap.ends or cover.nobody[n] > 0


@given(
    some(
        st.builds(
            Handed,
            need=st.integers(0, 2),
            person=st.integers(1, 8),
            at=moments(24),
            due_at=st.none() | moments(48),
            done_at=st.none() | moments(48),
        )
    )
)
def test_handovers_add_up_and_few_are_not_told(rows: list[Handed]) -> None:
    now = BEGINS + 30 * HOUR
    found = handed.by_need(rows, now)
    assert [row.need for row in found] == sorted({each.need for each in rows})
    for row in found:
        mine = [each for each in rows if each.need == row.need]
        people = {each.person for each in mine}
        if len(people) < FEW:
            assert (row.people, row.handovers, row.dated, row.kept, row.late) == (None,) * 5
            continue
        dated = [each for each in mine if each.due_at is not None]
        kept = [e for e in dated if e.due_at and e.done_at and e.done_at <= e.due_at]
        running = [e for e in dated if e.due_at and e not in kept and e.due_at >= now]
        assert (row.people, row.handovers, row.dated) == (len(people), len(mine), len(dated))
        assert row.kept == len(kept)
        # Done after its moment is late also while the moment is still to come in this made-up day.
        assert row.late == len(dated) - len(kept) - len(running)


@given(
    some(st.builds(Said, person=st.integers(1, 12), at=moments(24 * 20), negative=st.booleans()))
)
def test_mood_is_the_last_word_of_each_person_on_either_side(said: list[Said]) -> None:
    public = BEGINS + 10 * 24 * HOUR
    found = mood(said, public)
    for side, begins, ends in (
        (found.before, public - WEEK, public),
        (found.after, public, public + WEEK),
    ):
        last: dict[int, bool] = {}
        for each in sorted(said, key=lambda one: one.at):
            if begins <= each.at < ends:
                last[each.person] = each.negative
        if len(last) < FEW:
            assert side is None
            continue
        assert side is not None
        assert (side.many, side.people) == (sum(last.values()), len(last))
    assert (found.apart is None) == (found.before is None or found.after is None)


@given(
    some(st.builds(Helped, person=st.integers(1, 30), need=st.integers(0, 2), at=moments(24 * 9))),
    st.dictionaries(st.integers(1, 30), st.lists(moments(24 * 18), max_size=4)),
)
def test_who_asked_again_in_seven_days(
    helped: list[Helped], asked: dict[int, list[datetime]]
) -> None:
    now = BEGINS + 12 * 24 * HOUR
    found = came_back(helped, asked, now)
    over = [each for each in helped if now - each.at >= timedelta(days=7)]
    assert list(found) == sorted({each.need for each in over})
    for need, told in found.items():
        mine = [each for each in over if each.need == need]
        if len(mine) < FEW:
            assert told is None
            continue
        again = [
            each
            for each in mine
            if any(timedelta(0) < at - each.at <= WEEK for at in asked.get(each.person, []))
        ]
        assert told is not None
        assert (told.many, told.people) == (len(again), len(mine))


def test_the_interval_of_a_difference_is_newcombes() -> None:
    # Newcombe (1998), table II, (a): 56/70 - 48/80, method 10.
    found = apart(share(48, 80), share(56, 70))
    assert (round(found.apart, 4), round(found.low, 4), round(found.high, 4)) == (
        0.2,
        0.0524,
        0.3339,
    )
    assert found.differs


@given(st.integers(1, 200), st.data())
def test_a_share_lies_in_its_interval_and_a_difference_turns_with_its_sides(
    people: int, data: st.DataObject
) -> None:
    one = share(data.draw(st.integers(0, people)), people)
    two = share(data.draw(st.integers(0, people)), people)
    known = binomtest(one.many, people).proportion_ci(0.95, method="wilson")
    assert (one.low, one.high) == pytest.approx((known.low, known.high), abs=1e-6)
    assert -1e-9 <= one.low <= one.share + 1e-9 <= one.high + 2e-9
    there, back = apart(one, two), apart(two, one)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.low <= there.apart + 1e-9
    assert there.apart <= there.high + 1e-9


@pytest.mark.parametrize(("many", "people"), [(0, 0), (3, 2), (-1, 4)])
def test_a_share_of_nobody_or_of_more_than_there_are_is_none(many: int, people: int) -> None:
    with pytest.raises(ValueError, match="no more than there are"):
        share(many, people)
