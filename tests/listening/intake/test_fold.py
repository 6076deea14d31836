"""Of all the news about one post, a deletion wins, then the last edit, in any order."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.contract import Post
from rejoinder.listening.intake.fold import fold
from rejoinder.listening.intake.normalise import Said, normalise
from tests.listening.said import delete, edit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POST = Post(external_id="1", author_id="tom", text="no signal")


def said(*posts: Post) -> list[Said]:
    return [normalise(post, None, NOW) for post in posts]


@given(st.permutations([POST, edit("1", "no bars"), delete("1")]))
def test_a_deletion_wins_in_any_order(order: list[Post]) -> None:
    (kept,) = fold(said(*order))
    assert (kept.text, kept.deleted, kept.whole, kept.author_id) == ("", True, True, "tom")


@given(st.permutations([POST, POST, edit("1", "no bars")]))
def test_an_edit_wins_over_its_post_in_any_order(order: list[Post]) -> None:
    (kept,) = fold(said(*order))
    assert (kept.text, kept.edited, kept.whole, kept.author_id) == ("no bars", True, True, "tom")


def test_of_several_edits_the_last_heard_counts() -> None:
    (kept,) = fold(said(edit("1", "first"), POST, edit("1", "second")))
    assert kept.text == "second"


def test_of_several_copies_the_first_counts_and_posts_keep_their_order() -> None:
    other = Post(external_id="2", author_id="tina", text="me too")
    copy = Post(external_id="1", author_id="tom", text="a copy")
    assert [one.text for one in fold(said(POST, other, copy))] == ["no signal", "me too"]
