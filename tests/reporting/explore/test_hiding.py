"""Nobody in a table can be reckoned from what is shown of it."""

from itertools import product
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from rejoinder.reporting.explore.hiding import told
from rejoinder.reporting.few import FEW

TABLES = arrays(
    np.int64,
    array_shapes(min_dims=1, max_dims=3, max_side=5),
    elements=st.sampled_from([0, 0, 1, 3, 4, 5, 6, 9, 40]),
)


@given(TABLES)
def test_few_people_are_never_told_nor_left_alone_in_a_line(
    people: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
) -> None:
    shown = told(people)
    assert not shown[(people > 0) & (people < FEW)].any()
    assert shown[people == 0].all()
    for axis in range(people.ndim):
        others = [range(n) for at, n in enumerate(people.shape) if at != axis]
        for place in product(*others):
            line: Any = (*place[:axis], slice(None), *place[axis:])
            hidden = people[line][~shown[line]]
            everybody = not people[line][shown[line]].any()
            assert len(hidden) == 0 or everybody or (len(hidden) > 1 and hidden.max() >= FEW)


@given(TABLES)
def test_a_table_of_many_is_told_whole(
    people: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
) -> None:
    many = np.where(people > 0, people + FEW, 0)
    assert told(many).all()


def test_the_least_of_the_others_is_hidden_with_it() -> None:
    assert told(np.array([100, 3, 20, 7, 0])).tolist() == [True, False, True, False, True]
