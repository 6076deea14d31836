"""New, edited, gone: each once, whatever happens between two looks."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.wordpress import noticing
from rejoinder.channels.wordpress.noticing import Cursor, Noticed
from rejoinder.channels.wordpress.shapes import Comment, Text


def said(number: int, text: str = "x") -> Comment:
    return Comment(id=number, content=Text(raw=text))


def look(cursor: Cursor, *there: Comment) -> tuple[Noticed, Cursor]:
    """One look at everything."""
    noticed = noticing.notice(cursor, there, [each.id for each in cursor.known])
    return noticed, noticing.remember(cursor, [noticed], {})


def told(noticed: Noticed) -> tuple[list[int], list[int], list[int]]:
    return [c.id for c in noticed.new], [c.id for c in noticed.edited], noticed.gone


def test_the_past_is_not_heard_and_each_comment_is_once() -> None:
    cursor = Cursor(floor=3, begun=True)
    noticed, cursor = look(cursor, said(5), said(4), said(3), said(2))
    assert told(noticed) == ([4, 5], [], [])
    noticed, cursor = look(cursor, said(5), said(4), said(3))
    assert told(noticed) == ([], [], [])


def test_an_edit_a_removal_and_a_return() -> None:
    _, cursor = look(Cursor(), said(1), said(2))
    noticed, cursor = look(cursor, said(1, "y"))
    assert told(noticed) == ([], [1], [2])
    noticed, cursor = look(cursor, said(1, "y"))
    assert told(noticed) == ([], [], [])
    noticed, cursor = look(cursor, said(1, "y"), said(2))
    assert told(noticed) == ([], [2], [])


def test_a_site_that_lists_nothing_has_a_bad_day() -> None:
    _, cursor = look(Cursor(), *(said(number) for number in range(1, 8)))
    noticed, cursor = look(cursor)
    assert told(noticed) == ([], [], [])


def test_what_was_not_looked_at_is_not_gone() -> None:
    _, cursor = look(Cursor(), said(1), said(2), said(3))
    assert noticing.notice(cursor, [said(3)], [3, 2]).gone == [2]


def test_forgotten_ones_are_the_past() -> None:
    _, cursor = look(Cursor(), *(said(number) for number in range(1, 400)))
    assert len(cursor.known) == noticing.RECENT
    assert cursor.floor == 99
    assert noticing.ground(cursor) == 399
    noticed, _ = look(cursor, said(50), said(99), said(100))
    assert noticed.new == []


@given(st.lists(st.lists(st.integers(1, 30), unique=True), max_size=12))
def test_over_any_history_each_number_is_new_once(history: list[list[int]]) -> None:
    cursor, heard = Cursor(begun=True), list[int]()
    for there in history:
        noticed, cursor = look(cursor, *(said(number) for number in there))
        heard += [comment.id for comment in noticed.new]
    assert len(heard) == len(set(heard))
    assert set(heard) == {number for there in history for number in there}
