"""What a mention really needs, given how it was read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rejoinder.budget.plan.belief import ANSWERED, NO_QUESTION, true_needs
from rejoinder.budget.plan.situation import Ints
from tests.budget.plan.scene import COMMON, SPECIFIC, URGENT

DAY = np.array([[48, 1], [180, 40], [40, 400], [260, 60], [60, 10], [2, 0]])


@given(arrays(np.int64, (6, 2), elements=st.integers(0, 5000)))
def test_shares_sum_to_one_whatever_came(read: Ints) -> None:
    assert true_needs(read).sum(axis=2) == pytest.approx(1)


def test_whoever_asks_a_known_question_has_a_common_need_however_it_was_read() -> None:
    assert true_needs(DAY)[SPECIFIC, ANSWERED, COMMON] > 0.5


def test_without_a_question_a_common_reading_is_doubted_once_questions_are_known() -> None:
    doubted = true_needs(DAY)[COMMON, NO_QUESTION, COMMON]
    none_known = np.stack([DAY.sum(axis=1), np.zeros(6, dtype=np.int64)], axis=1)
    assert doubted < true_needs(none_known)[COMMON, NO_QUESTION, COMMON] - 0.2


def test_a_day_with_more_urgent_mentions_makes_an_urgent_reading_surer() -> None:
    more = DAY + np.array([[200, 0], *[[0, 0]] * 5])
    assert true_needs(more)[URGENT, 0, URGENT] > true_needs(DAY)[URGENT, 0, URGENT]
