"""The shipped model fits the code that reads with it, and a word is a word in any company."""

from importlib import resources

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.read import heads, tokens
from rejoinder.listening.read.cues import concepts
from rejoinder.listening.read.folded import folded
from rejoinder.listening.read.grade import GRADES
from rejoinder.listening.read.heads import FILE
from rejoinder.listening.read.scan import scan
from rejoinder.listening.read.tiers import seen

TEXTS = st.lists(st.text(max_size=60), min_size=1, max_size=8)


def test_the_model_was_made_with_the_cues_that_there_are() -> None:
    with (resources.files(heads.__package__) / FILE).open("rb") as file, np.load(file) as arrays:
        assert arrays["seen"].tolist() == [*concepts(), *GRADES]
        assert arrays["careful_words"].shape[1] == max(span.stop for span in heads.spans().values())


def test_the_model_is_small() -> None:
    with (resources.files(heads.__package__) / FILE).open("rb") as file:
        assert len(file.read()) < 40_000_000


@given(TEXTS)
def test_chances_are_chances(texts: list[str]) -> None:
    vocabulary, glance, _ = heads.loaded()
    kept = folded(texts)
    for name, chances in glance.chances(vocabulary.counted(kept), seen(scan(kept))).items():
        assert chances.shape == (len(texts), max(len(heads.HEADS[name]), 1))
        assert ((chances >= 0) & (chances <= 1)).all()
        if heads.HEADS[name]:
            assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)


@given(TEXTS)
def test_words_are_the_same_alone_and_in_a_batch(texts: list[str]) -> None:
    posts, numbers = tokens.words(folded(texts))
    for at, text in enumerate(texts):
        alone = tokens.words(folded([text]))[1]
        assert numbers[posts == at].tolist() == alone.tolist()


def numbers(text: str) -> list[int]:
    found: list[int] = tokens.words(folded([text]))[1].tolist()
    return found


def test_case_accents_and_apostrophes_make_no_other_word() -> None:
    assert numbers("CAN'T") == numbers("can’t") == numbers("cant")
    assert numbers("Café über") == numbers("cafe ueber")


def test_signs_and_emoji_are_words_and_handles_are_not() -> None:
    assert len(numbers("no!!")) == 3
    assert len(numbers("no😡yes")) == 3
    assert numbers("@brand help") == numbers("help")
