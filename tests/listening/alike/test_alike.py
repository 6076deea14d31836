"""Likeness proposes, a person names, labels teach; nothing grows without bound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.listening.alike import recent
from rejoinder.listening.alike.alike import Alike, UnknownCardError, UnknownPostError
from rejoinder.listening.alike.recent import Recent
from tests.listening.alike.stage import DIMENSIONS, heard, posts, taught


def test_labels_teach_and_the_precision_that_was_asked_for_is_held() -> None:
    some = posts(questions=8, each=60)
    alike = Alike(DIMENSIONS)
    taught(alike, some, 0, 240)
    matches = heard(alike, some, 240)
    said = [(m.question, q) for m, q in zip(matches, some.questions[240:], strict=True)]
    sure = [(name, truth) for name, truth in said if name and not name.startswith("new-")]
    assert len(sure) >= 0.8 * len(said)
    assert sum(name == truth for name, truth in sure) >= 0.95 * len(sure)


def test_nothing_is_suggested_that_nobody_named() -> None:
    some = posts(questions=5, each=30)
    matches = heard(Alike(DIMENSIONS), some)
    assert all(m.question is None or m.provisional for m in matches)


def test_a_question_nobody_learned_is_not_taken_for_a_known_one() -> None:
    some = posts(questions=6, each=60)
    alike = Alike(DIMENSIONS)
    known = [n for n, q in enumerate(some.questions) if q != "q0"]
    for n in known:
        heard(alike, some, n, n + 1)
        alike.label(some.ids[n], some.questions[n])
    new = [n for n, q in enumerate(some.questions) if q == "q0"]
    said = [heard(alike, some, n, n + 1)[0] for n in new]
    assert sum(m.question is not None and not m.provisional for m in said) <= 3
    assert any(m.provisional for m in said[:10])


def test_a_new_question_is_shown_within_ten_askers() -> None:
    shown = 0
    for seed in range(20):
        some = posts(questions=12, each=10, seed=seed)
        matches = heard(Alike(DIMENSIONS), some)
        for question in set(some.questions):
            asked = [m for m, q in zip(matches, some.questions, strict=True) if q == question]
            shown += any(m.provisional for m in asked)
    assert shown >= 0.95 * 20 * 12


def test_cards_count_people_not_posts() -> None:
    some = posts(questions=1, each=30, spread=0.1)
    alike = Alike(DIMENSIONS)
    people = ["granny" if n % 2 else f"person {n}" for n in range(30)]
    alike.take(some.ids, people, some.vectors, some.texts)
    (card,) = alike.cards()
    assert (card.people, card.posts) == (16, 30)
    assert set(card.examples) <= set(some.ids)
    assert (card.first, card.last) == (some.ids[0], some.ids[-1])


def test_one_person_is_no_question() -> None:
    some = posts(questions=1, each=30, spread=0.1)
    alike = Alike(DIMENSIONS)
    matches = alike.take(some.ids, ["granny"] * 30, some.vectors, some.texts)
    assert {m.question for m in matches} == {None}
    assert alike.cards() == []


def test_a_provisional_name_is_never_given_again_once_its_posts_are_named() -> None:
    some = posts(questions=3, each=60)
    alike = Alike(DIMENSIONS)
    before = heard(alike, some, 0, 60)
    named = [m for m in before if m.provisional]
    retired = {m.question for m in named}
    for match in named:
        alike.label(match.id, "the same for all")
    after = heard(alike, some, 60)
    assert retired
    assert not retired & {m.question for m in after}


def test_a_card_that_is_named_teaches_its_middle_and_goes() -> None:
    some = posts(questions=2, each=40, spread=0.2)
    alike = Alike(DIMENSIONS)
    heard(alike, some, 0, 30)
    for card in alike.cards():
        at = some.ids.index(card.examples[0])
        alike.name(card.name, some.questions[at])
        with pytest.raises(UnknownCardError):
            alike.name(card.name, "again")
    assert alike.cards() == []
    after = heard(alike, some, 30)
    assert {m.question for m in after} - {None} <= {"q0", "q1"}


def test_a_label_can_be_corrected() -> None:
    some = posts(questions=2, each=20)
    right, wrong = Alike(DIMENSIONS), Alike(DIMENSIONS)
    for alike in (right, wrong):
        heard(alike, some)
    wrong.label(some.ids[0], "not this")
    for alike in (right, wrong):
        for post, question in zip(some.ids, some.questions, strict=True):
            alike.label(post, question)
    assert wrong.questions.labels == right.questions.labels
    kept = [wrong.questions.index(name) for name in ("q0", "q1")]
    same = [right.questions.index(name) for name in ("q0", "q1")]
    np.testing.assert_allclose(wrong.questions.sums[kept], right.questions.sums[same], atol=1e-9)
    assert wrong.questions.counts[wrong.questions.index("not this")] == 0


def test_a_label_for_a_post_never_heard_is_refused() -> None:
    with pytest.raises(UnknownPostError):
        Alike(DIMENSIONS).label("nobody", "x")


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "CAP", 50)
    some = posts(questions=2, each=100)
    alike = Alike(DIMENSIONS)
    alike.recent = Recent(DIMENSIONS, 50)
    taught(alike, some)
    assert len(alike.recent) == 50
    assert alike.recent.find(some.ids[0]) is None
    assert alike.recent.find(some.ids[-1]) is not None
    with pytest.raises(UnknownPostError):
        alike.label(some.ids[0], "too late")


def test_quality_is_told_with_what_is_behind_it() -> None:
    alike = Alike(DIMENSIONS)
    assert alike.quality().precision[1:] == (0.0, 1.0, 0)
    taught(alike, posts(questions=8, each=60))
    quality = alike.quality()
    assert quality.precision.low <= quality.precision.value <= quality.precision.high
    assert quality.precision.value >= 0.9
    assert quality.coverage.posts == 480


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 40), max_size=8), st.integers(0, 5))
def test_a_batch_is_the_same_as_one_by_one(sizes: list[int], seed: int) -> None:
    some = posts(questions=5, each=40, seed=seed)
    batched, single = Alike(DIMENSIONS), Alike(DIMENSIONS)
    for alike in (batched, single):
        taught(alike, some, 0, 60)
    at, together = 60, []
    for size in [*sizes, 200]:
        together += heard(batched, some, at, min(at + size, 200))
        at = min(at + size, 200)
    alone = [heard(single, some, n, n + 1)[0] for n in range(60, 200)]
    assert [m.question for m in together] == [m.question for m in alone]
    np.testing.assert_allclose(
        [m.confidence for m in together], [m.confidence for m in alone], atol=2e-3
    )


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_labels_does_not_matter(order: list[int]) -> None:
    some = posts(questions=3, each=20)
    first, second = Alike(DIMENSIONS), Alike(DIMENSIONS)
    for alike, labels in ((first, range(12)), (second, order)):
        heard(alike, some, 0, 12)
        for name in ("q0", "q1", "q2"):
            alike.questions.index(name)
        for n in labels:
            alike.label(some.ids[n], some.questions[n])
        alike.questions.fit()
    said = [[m.question for m in heard(alike, some, 12)] for alike in (first, second)]
    assert said[0] == said[1]
