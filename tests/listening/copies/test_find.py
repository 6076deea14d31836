"""What is a copy of what: as the obvious way says, in any batches, within time and memory."""

import random
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rejoinder.listening.copies.find import Copies
from tests.listening.copies.naive import copies, copy, said

POST = "Dear @Brand, my phone shows no bars in Example Street since six in the morning, why?"
HOUR = 3600.0


def found(*texts: str) -> list[int | None]:
    return Copies[int]().find(range(len(texts)), texts, [0.0] * len(texts))


def made_up(draw: random.Random, many: int) -> list[str]:
    """Posts, and retweets, cut and changed ones of them, in a random order."""
    words = [f"{a}{b}" for a in ("sig", "bar", "mast", "net", "bill") for b in "abcdefgh"]
    posts: list[str] = []
    for _ in range(many):
        if posts and draw.random() < 0.5:
            posts.append(_changed(draw, draw.choice(posts), words))
        else:
            posts.append(" ".join(draw.choices(words, k=draw.randint(1, 24))))
    return posts


def _changed(draw: random.Random, post: str, words: list[str]) -> str:
    parts = post.split()
    for _ in range(draw.randint(0, 3)):
        parts[draw.randrange(len(parts))] = draw.choice(words)
    changed = " ".join(parts).replace("…", "")
    if draw.random() < 0.3:
        changed = f"{changed[: draw.randint(10, 100)]}…"
    return f"RT @tom: {changed}" if draw.random() < 0.4 else changed


@settings(deadline=None, max_examples=60)
@example(45, 24, [])
@given(st.integers(0, 10**9), st.integers(1, 60), st.lists(st.integers(1, 60), max_size=5))
def test_as_the_obvious_way_in_any_batches(seed: int, many: int, cuts: list[int]) -> None:
    texts = made_up(random.Random(seed), many)
    expected = copies(texts)
    finder = Copies[int]()
    bounds = sorted({0, *(min(cut, many) for cut in cuts), many})
    answers = [
        answer
        for first, last in pairwise(bounds)
        for answer in finder.find(range(first, last), texts[first:last], [0.0] * (last - first))
    ]
    assert [answer is not None for answer in answers] == expected
    for number, answer in enumerate(answers):
        if answer is not None:
            assert answer < number
            assert answers[answer] is None
            assert said(texts[number]).words == said(texts[answer]).words or copy(
                said(texts[number]), said(texts[answer])
            )


@pytest.mark.parametrize(
    "copied",
    [
        POST,
        POST.upper(),
        f"RT @tom: {POST}",
        f"RT @tom: RT @tina: {POST}",
        f"MT @tom {POST} https://example.com/x",
        f"“@tom: {POST}”",
        POST.replace("@Brand", "@Other"),
        f"RT @tom: {POST[:70]}…",
        POST.replace("why", "how"),
    ],
)
def test_a_copy(copied: str) -> None:
    assert found(POST, copied) == [None, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no signal", "No signal!"),
        ("@brand no signal again", "@brand no signal again"),
        (POST, f"Same here, I wait on hold since nine: RT @tom: {POST}"),
        (POST, f"{POST} And now the broadband is gone as well, nobody at your shop answers me"),
        ("RT @tom: no signal", "RT @tina: no signal"),
        ("no signal", "RT @tom: no signal"),
        ("@brand", "@brand"),
        ("", ""),
        ("😡 😡 😡", "😡 😡 😡"),
        ("v 8 4 25 phone 7 os 10 3 3 yes", "v 8 4 25 phone 7 os 10 3 3 yes"),
        (f"RT @tom: {POST}", POST),
    ],
)
def test_no_copy(one: str, other: str) -> None:
    assert found(one, other) == [None, None]


def test_a_short_retweet_is_one_of_the_same_account() -> None:
    assert found("RT @tom: no signal", "rt", "RT @Tom: No signal!") == [None, None, 0]


def test_retweets_after_the_original_belong_to_it_even_if_one_came_before() -> None:
    assert found(f"RT @tom: {POST}", POST, f"RT @tom: {POST}", POST) == [None, None, 1, 1]


def test_what_is_too_old_or_too_much_is_forgotten() -> None:
    finder = Copies[str](kept=2)
    other = "something else that nobody else would say in so many words this very day"
    third = "a third one about a router that blinks red and green all through our night"
    assert finder.find(["a", "b"], [POST, POST], [0.0, 49 * HOUR]) == [None, None]
    assert finder.find(["c", "d"], [POST, other], [50 * HOUR] * 2) == ["b", None]
    assert finder.find(["e", "f"], [third, POST], [50 * HOUR] * 2) == [None, None]


def test_restored_it_goes_on_where_it_was() -> None:
    before, after = Copies[int](), Copies[int]()
    before.find([1], [POST], [0.0])
    after.restore([1], [POST], [0.0])
    assert after.find([2], [f"RT @tom: {POST}"], [HOUR]) == [1]
    assert before.find([2], [f"RT @tom: {POST}"], [HOUR]) == [1]


def test_a_ring_that_went_round_many_times_still_knows_the_newest() -> None:
    finder = Copies[int](kept=50)
    texts = [f"{POST} {' '.join(f'w{n}x{k}' for k in 'abcdefghijkl')}" for n in range(3000)]
    assert finder.find(range(3000), texts, [0.0] * 3000) == [None] * 3000
    assert finder.find([0], [f"RT @tom: {texts[-1]}"], [0.0]) == [2999]
    assert finder.find([0], [texts[0]], [0.0]) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 3_000_000,
        "no signal " * 300_000,
        "RT @a: " * 100_000,
        "https://" * 50_000,
        "\ud800\x00…",
        "ﷺ" * 5_000,
    ],
    ids=["word", "words", "marks", "addresses", "unfit", "ligatures"],
)
def test_hostile_texts(text: str) -> None:
    assert found(text, POST, POST) == [None, None, 1]


def test_many_alike_in_one_batch_stay_quick() -> None:
    texts = [f"{POST} ref{n} {n}" for n in range(1000)]
    assert found(*texts)[1:] == [0] * 999


def test_no_more_than_fits() -> None:
    with pytest.raises(ValueError, match="originals can be kept"):
        Copies(kept=0)
