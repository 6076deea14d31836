"""Cells against counting by hand, in each way of counting."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reporting.explore import cells as counting
from rejoinder.reporting.explore.cells import Cells, Part, TooManyError, cells
from rejoinder.reporting.explore.places import FEW_VALUES, Places

STEPS, NEEDS, WORDS = 4, ("0", "1", "2"), ("en", "cy")
# Near one another a table counts them, far from one another they are sorted.
PERSON = st.sampled_from([3, 4, 5, 900, 10**6, 2**40])
SAID = st.tuples(st.integers(0, STEPS - 1), st.integers(0, 2), st.integers(0, 1), PERSON)


def part(said: list[tuple[int, int, int, int]]) -> Part:
    steps, need, word, person = (np.array(each, np.int64) for each in zip(*said, strict=True))
    same = int(steps[0]) if (steps == steps[0]).all() else steps
    return Part(same, [need, word], person)


@pytest.fixture(params=[0, counting.FEW_MENTIONS], scope="module")
def few(request: pytest.FixtureRequest) -> Iterator[None]:
    """Step by step, and all at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "FEW_MENTIONS", request.param)
        yield


@pytest.mark.usefixtures("few")
@given(st.lists(st.lists(SAID, min_size=1, max_size=30), max_size=5))
def test_cells_are_those_of_counting_by_hand(blocks: list[list[tuple[int, int, int, int]]]) -> None:
    values = {"need": NEEDS, "language": WORDS}
    fine, whole = cells([part(each) for each in blocks], STEPS, values)
    said = [each for block in blocks for each in block]
    assert figures(fine) == by_hand(said)
    assert figures(whole) == by_hand([(0, need, word, who) for _, need, word, who in said])


def figures(found: Cells) -> dict[tuple[int, ...], tuple[int, int]]:
    return {
        at: (int(found.mentions[at]), int(found.people[at]))
        for at in np.ndindex(found.mentions.shape)
        if found.mentions[at]
    }


def by_hand(said: list[tuple[int, int, int, int]]) -> dict[tuple[int, ...], tuple[int, int]]:
    at: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for step, need, word, who in said:
        at[step, need, word].append(who)
    return {cell: (len(who), len(set(who))) for cell, who in at.items()}


@pytest.mark.usefixtures("few")
def test_many_people_near_one_another_are_counted_the_same_as_far_apart() -> None:
    chance = np.random.default_rng(7)
    near = chance.integers(0, 500, 4000)
    steps, need = chance.integers(0, STEPS, 4000), chance.integers(0, 3, 4000)
    told = [
        cells([Part(steps, [need], persons)], STEPS, {"need": NEEDS})
        for persons in (near, near * 2**30)
    ]
    for one, other in zip(*told, strict=True):
        assert figures(one) == figures(other)


def test_of_nothing_everything_is_nothing() -> None:
    fine, whole = cells([], STEPS, {"need": []})
    assert fine.mentions.shape == (STEPS, 0)
    assert whole.people.shape == (1, 0)
    assert cells([], STEPS, {})[1].mentions.tolist() == [0]


def test_more_cells_than_anybody_reads_are_refused() -> None:
    with pytest.raises(TooManyError):
        cells([], 2000, {"need": list(map(str, range(3000)))})


@given(st.lists(st.lists(st.integers(-3, FEW_VALUES + 3), min_size=1, max_size=9), max_size=5))
def test_numbers_find_their_place_again(blocks: list[list[int]]) -> None:
    known = Places()
    found = [known.of_numbers(np.array(block, np.int64)).tolist() for block in blocks]
    values = list(known.at)
    assert [[int(values[at]) for at in block] for block in found] == blocks
    assert len(set(values)) == len(values)


@given(st.lists(st.permutations(["en", "cy", "", "de"]).map(lambda words: words[:3]), max_size=5))
def test_words_find_their_place_again(lists: list[list[str]]) -> None:
    known = Places()
    found = [known.of_words(np.array([0, 1, 2, 1]), words).tolist() for words in lists]
    values = list(known.at)
    assert [[values[at] for at in block] for block in found] == [
        [words[0], words[1], words[2], words[1]] for words in lists
    ]
