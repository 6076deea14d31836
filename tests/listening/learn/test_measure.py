"""The measures agree with what the books say of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from rejoinder.listening.learn.measure import calibration_error, confusion, macro_f1, measure, shown

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60)


@given(PAIRS)
def test_macro_f1_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    true, read = np.array(pairs).T
    theirs = f1_score(true, read, average="macro")
    assert macro_f1(confusion(true, read, 4)) == pytest.approx(theirs)


def test_calibration_error_is_the_mean_distance_between_word_and_deed() -> None:
    right = np.array([True, False, True, True])
    assert calibration_error(np.array([0.75] * 4), right) == pytest.approx(0)
    assert calibration_error(np.array([0.95] * 4), right) == pytest.approx(0.2)
    assert calibration_error(np.array([1.0, 0.0, 1.0, 1.0]), right) == pytest.approx(0)


def test_a_table_for_people_names_every_label() -> None:
    scores = measure(["bill", "signal"], np.array([0, 1, 1]), np.array([0, 1, 0]), np.ones(3))
    assert scores.confusion == [[1, 0], [1, 1]]
    assert all(name in shown(scores) for name in ("bill", "signal"))
