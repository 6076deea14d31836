"""Posts that stand for many: near to what others say, whoever wrote them and however loud."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reporting.verbatims import LONGEST, alike, chosen, quoted, representative

WORDS = st.sampled_from(
    ["signal", "bill", "phone", "slow", "again", "paid", "twice", "shop", "rude"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=4, max_size=9).map(" ".join), max_size=12)


@given(TEXTS)
def test_likeness_is_symmetric_and_one_for_the_same_words(texts: list[str]) -> None:
    found = alike(texts)
    assert found.shape == (len(texts), len(texts))
    assert np.allclose(found, found.T)
    assert ((found >= 0) & (found <= 1)).all()
    assert all(
        found[i, j] > 1 - 1e-9
        for i, j in combinations(range(len(texts)), 2)
        if texts[i] == texts[j]
    )


@given(TEXTS, st.integers(0, 8))
def test_some_at_most_each_once_and_none_that_says_the_same(texts: list[str], most: int) -> None:
    found = chosen(texts, most)
    assert len(found) == len(set(found)) <= most
    assert len({" ".join(sorted(texts[at].split())) for at in found}) == len(found)
    assert bool(found) == bool(texts and most)


@given(TEXTS.filter(bool), st.integers(1, 3))
def test_the_greedy_choice_is_as_good_as_is_proved(texts: list[str], most: int) -> None:
    likeness = alike(texts)
    most = min(most, len(texts))

    def worth(places: tuple[int, ...]) -> float:
        return float(likeness[list(places)].max(axis=0).sum())

    best = max(worth(places) for places in combinations(range(len(texts)), most))
    assert worth(tuple(representative(likeness, most))) >= (1 - 1 / np.e) * best - 1e-9


@given(TEXTS.filter(bool))
def test_the_first_is_the_one_that_the_others_are_most_like(texts: list[str]) -> None:
    sums = alike(texts).sum(axis=1)
    assert sums[representative(alike(texts), 1)[0]] >= sums.max() - 1e-9


def test_the_loudest_is_not_chosen_before_what_many_say() -> None:
    texts = [
        "NEVER have I seen a company lie like this!!! retweet retweet retweet",
        "no signal in Leeds since this morning",
        "no signal since this morning, anybody else in Leeds?",
        "since this morning no signal at all in Leeds",
        "my bill was charged twice this month",
        "charged twice on my bill, please look",
    ]
    assert texts[chosen(texts, 1)[0]] in texts[1:4]
    assert 0 not in chosen(texts, 2)


def test_handles_links_and_length_are_taken_off() -> None:
    assert quoted("@tom.example look\n https://x.example/1 now") == "look … now"
    assert quoted("@tom @tina look, @ann @bob, @cy and @dan") == "look, @… and @…"
    assert quoted("@tom @tina") == "@…"
    assert quoted("write to a@b.example") == "write to a@b.example"
    assert chosen(["@tom @tina yes", "ok"], 3) == []
    long = quoted("word " * 200)
    assert len(long) <= LONGEST + 1
    assert long.endswith("word…")


def test_what_is_passed_on_or_cut_off_stands_back() -> None:
    texts = [
        "RT @tom: no signal in Leeds since this morning",
        "no signal in Leeds since this morning and nobody…",
        "no signal in Leeds since this morning",
        "no signal in Leeds, since when",
    ]
    assert chosen(texts, 1) == [2]
    assert chosen(texts[:2], 1) == [0]  # where there is nothing else


@given(st.text(max_size=900))
def test_any_text_is_cut_to_what_is_shown(text: str) -> None:
    assert len(quoted(text)) <= LONGEST + 1
