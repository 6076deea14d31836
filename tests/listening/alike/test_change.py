"""A question that changes is told once, with its new words; one that does not, hardly ever."""

import numpy as np

from rejoinder.listening.alike.alike import Alike
from rejoinder.listening.alike.arrays import Floats
from rejoinder.listening.alike.change import NEWEST, REFERENCE, Hearing
from tests.listening.alike.stage import DIMENSIONS

TELLING = np.eye(DIMENSIONS, dtype=np.float32)


def vectors(centre: int, many: int, seed: int) -> Floats:
    random = np.random.default_rng(seed)
    out = 0.08 * random.normal(size=(many, DIMENSIONS))
    out[:, centre] += 1
    unit: Floats = (out / np.linalg.norm(out, axis=1, keepdims=True)).astype(np.float32)
    return unit


def told(hearing: Hearing, some: Floats, text: str) -> list[int]:
    """The places at which a change was told."""
    found = []
    for n, vector in enumerate(some):
        if hearing.hear(vector, text, TELLING, 0):
            found.append(n)
            hearing.renew()
    return found


def test_a_change_is_caught_within_twenty_posts_and_told_once() -> None:
    for seed in range(20):
        hearing = Hearing(DIMENSIONS)
        assert told(hearing, vectors(0, 100, seed), "is it down") == []
        found = told(hearing, vectors(1, 80, seed + 100), "when do I get my refund")
        assert len(found) == 1
        assert found[0] < 20


def test_the_words_that_are_new_are_told() -> None:
    hearing = Hearing(DIMENSIONS)
    told(hearing, vectors(0, REFERENCE, 1), "is it down in leeds")
    for vector in vectors(1, NEWEST, 2):
        hearing.hear(vector, "is it a refund in leeds", TELLING, 0)
    assert hearing.told() == ("a", "refund")


def test_the_name_of_one_person_is_not_kept() -> None:
    hearing = Hearing(DIMENSIONS)
    texts = ["my name is zebedee", *["is it down"] * (REFERENCE - 1)]
    for vector, text in zip(vectors(0, REFERENCE, 3), texts, strict=True):
        hearing.hear(vector, text, TELLING, 0)
    assert "zebedee" not in hearing.kept()["said"]
    assert "down" in hearing.kept()["said"]


def test_a_match_says_that_its_question_changed() -> None:
    alike = Alike(DIMENSIONS)
    for n, vector in enumerate(vectors(0, 10, 4)):
        alike.take([f"a{n}"], [None], vector[None], ["is it down"])
        alike.label(f"a{n}", "outage")
    alike.cut = 0.0
    moved = vectors(0, 20, 6) + 0.7 * vectors(1, 20, 7)
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    before = alike.take([f"b{n}" for n in range(80)], [None] * 80, vectors(0, 80, 5), ["down"] * 80)
    assert {m.question for m in before} == {"outage"}
    assert not any(m.change for m in before)
    after = alike.take([f"c{n}" for n in range(20)], [None] * 20, moved, ["bill"] * 20)
    (change,) = [m.change for m in after if m.change]
    assert change.question == "outage"
    assert change.words == ("bill",)
