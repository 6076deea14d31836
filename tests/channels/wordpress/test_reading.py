"""A comment as the desk hears it: named by its site, its author told apart, its thread known."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.wordpress import reading
from rejoinder.channels.wordpress.reading import Place
from rejoinder.channels.wordpress.shapes import Comment, Text

PLACE = Place("blog.example.com/news", "https://blog.example.com/news", 2)
PICTURE = "https://pictures.example.com/avatar/{}?s=24&d=mm"


def comment(number: int = 7, text: str = "No signal", **more: object) -> Comment:
    values: dict[str, object] = {"post": 3, "author_name": "Tom", "content": Text(raw=text)} | more
    return Comment(id=number, **values)  # type: ignore[arg-type]  # each is of its field


def test_a_comment_has_all_that_matters() -> None:
    post = reading.post(comment(parent=5, date_gmt="2026-03-02T09:00:00"), PLACE, 4)
    assert post.external_id == "blog.example.com/news#comment-7"
    assert post.in_reply_to == "blog.example.com/news#comment-5"
    assert post.root == "blog.example.com/news#comment-4"
    assert post.url == "https://blog.example.com/news/?p=3#comment-7"
    assert post.created_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert (post.text, post.handle, post.ref) == ("No signal", "Tom", {"post": 3})
    assert post.public
    assert not post.ours


@pytest.mark.parametrize(
    ("status", "shown"), [("approved", True), ("hold", False), ("spam", False), ("", True)]
)
def test_what_waits_for_approval_is_not_shown(status: str, shown: bool) -> None:
    found = reading.post(comment(status=status), PLACE, 7)
    assert found.public
    assert found.shown is shown


def test_two_of_one_name_are_two_and_nobody_is_an_address() -> None:
    ids = [
        reading.post(comment(author_avatar_urls=pictures, author_name=name), PLACE, 7).author_id
        for name, pictures in [
            ("Tom", {"24": PICTURE.format("a" * 32)}),
            ("Tom", {"24": PICTURE.format("b" * 32)}),
            ("Tom", []),
            ("Tina", {}),
        ]
    ]
    assert len(set(ids)) == 4
    assert not any("a" * 32 in each or "b" * 32 in each for each in ids)
    one = comment(author_avatar_urls={"24": PICTURE.format("a" * 32)})
    assert reading.post(one, PLACE, 7).author_id == ids[0]


def test_we_are_known_by_our_number() -> None:
    assert reading.post(comment(author=2), PLACE, 7).ours
    other = reading.post(comment(author=9), PLACE, 7)
    assert not other.ours
    assert other.author_id == "blog.example.com/news#user-9"
    assert not reading.post(comment(), Place("x", "x", 0), 7).ours


@pytest.mark.parametrize(
    "typed",
    ["https://Blog.example.com/news/", "blog.example.com/news", "HTTP://blog.EXAMPLE.com/news"],
)
def test_a_site_has_one_name(typed: str) -> None:
    assert reading.site(typed) == PLACE.name


@given(st.text(max_size=40))
def test_a_name_that_is_none_is_number_nought(text: str) -> None:
    assert reading.number(text) >= 0
    assert reading.number(reading.name(text, 12)) == 12
    assert reading.moment(text) is None or reading.moment(text)


def test_the_first_comment_above_is_found_or_asked_for() -> None:
    parents = {9: 8, 8: 7, 7: 0, 5: 4, 3: 2}
    found, missing = reading.roots([9, 7, 5, 3], parents, known={2: 1})
    assert found == {9: 7, 7: 7, 5: 4, 3: 1}
    assert missing == {4}


@given(
    st.dictionaries(st.integers(1, 9), st.integers(0, 9)),
    st.dictionaries(st.integers(1, 9), st.integers(1, 9)),
)
def test_no_thread_goes_round_for_ever(parents: dict[int, int], known: dict[int, int]) -> None:
    found, _ = reading.roots(list(parents), parents, known)
    assert set(found) == set(parents)
