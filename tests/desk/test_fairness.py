"""Whose turn it is: need, then age."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.fairness import HOUR, none_before, order, overtaken

NOW = 40_000.0
QUEUES = st.lists(
    st.tuples(st.integers(0, 5), st.floats(0, NOW, allow_nan=False)), min_size=1, max_size=60
)


def columns(queue: list[tuple[int, float]]) -> tuple[np.ndarray, np.ndarray]:
    need, came = zip(*queue, strict=True)
    return np.array(need, dtype=np.int64), np.array(came)


@given(QUEUES)
def test_strict_order_is_need_then_age(queue: list[tuple[int, float]]) -> None:
    need, came = columns(queue)
    ranked = order(need, came, NOW, "strict")
    assert sorted(queue) == [queue[place] for place in ranked]


@given(QUEUES)
def test_only_people_over_the_hour_are_overtaken(queue: list[tuple[int, float]]) -> None:
    need, came = columns(queue)
    ranked = order(need, came, NOW)
    for turn, place in enumerate(ranked):
        passed = np.intersect1d(overtaken(need, came, int(place)), ranked[turn + 1 :])
        assert (NOW - came[passed] > HOUR).all()


@given(QUEUES)
def test_strict_order_overtakes_nobody(queue: list[tuple[int, float]]) -> None:
    need, came = columns(queue)
    ranked = order(need, came, NOW, "strict")
    for turn, place in enumerate(ranked):
        assert not len(np.intersect1d(overtaken(need, came, int(place)), ranked[turn + 1 :]))


def test_who_is_within_the_hour_comes_before_who_is_over_it() -> None:
    need, came = np.array([1, 1, 0]), np.array([NOW - 5000, NOW - 100, NOW - 5])
    assert order(need, came, NOW).tolist() == [2, 1, 0]


@given(QUEUES, st.data())
def test_nobody_goes_while_an_equal_who_came_earlier_is_held(
    queue: list[tuple[int, float]], data: st.DataObject
) -> None:
    need, came = columns(queue)
    go = np.array(data.draw(st.lists(st.booleans(), min_size=len(need), max_size=len(need))))
    free = none_before(go, came, (need,))
    expected = [
        all(
            go[other]
            for other in range(len(need))
            if need[other] == need[one] and (came[other], other) <= (came[one], one)
        )
        for one in range(len(need))
    ]
    assert free.tolist() == expected
