"""The cut holds what was asked for; intervals hold the truth as often as they say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.alike import control
from rejoinder.listening.alike.confidence import MIDDLE, SCALE, Confidence
from rejoinder.listening.alike.evidence import FEATURES


def test_the_cut_holds_the_target_on_posts_to_come() -> None:
    random = np.random.default_rng(0)
    reached, covered = [], []
    for _ in range(50):
        said = random.uniform(size=4000)
        right = random.uniform(size=4000) < said
        cut = control.cut(said[:1000], right[:1000], np.ones(1000), 0.9)
        made = said[1000:] >= cut
        reached.append(right[1000:][made].mean())
        covered.append(made.mean())
    assert 0.1 < np.mean(covered) < 0.3  # what is really right so often is a fifth
    assert np.mean(reached) >= 0.9


def test_labels_that_are_missing_more_often_count_for_more() -> None:
    suggested = np.array([True] * 100 + [False] * 100)
    judged = np.array([True] * 20 + [False] * 80 + [True] * 50 + [False] * 50)
    weights = control.weights(suggested, judged)
    assert len(weights) == 70
    assert weights[0] / weights[-1] == 2.5
    assert np.isclose(weights.mean(), 1)


def test_with_few_labels_only_the_surest_is_suggested() -> None:
    few = np.full(10, 0.99), np.ones(10, bool), np.ones(10)
    assert control.cut(*few) >= control.TARGET


def test_where_nothing_is_good_enough_nothing_is_suggested() -> None:
    assert control.cut(np.linspace(0, 0.99, 200), np.zeros(200, bool), np.ones(200)) > 0.99


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_its_share(right: int, wrong: int) -> None:
    share = control.share(right, right + wrong)
    assert 0 <= share.low <= share.value + 1e-12
    assert share.value <= share.high + 1e-12 <= 1 + 1e-9


def test_confidence_learns_what_speaks_for_a_suggestion() -> None:
    random = np.random.default_rng(1)
    apart = random.normal(size=(600, FEATURES))
    features = (MIDDLE + SCALE * apart).astype(np.float32)
    right = apart[:, 3] > 0
    confidence = Confidence()
    confidence.learn(features, right, np.ones(600))
    said = confidence.of(features)
    assert said[right].mean() > 0.9
    assert said[~right].mean() < 0.2
