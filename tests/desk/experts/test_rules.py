"""When a link of an expert opens, how often one writes, and which promises a reply keeps."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.experts import rules
from rejoinder.desk.experts.rules import MOST, WINDOW, Door, Link, door, kept_by, may_write

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
moments = st.integers(-4000, 4000).map(lambda minutes: NOON + timedelta(minutes=minutes))
maybe = st.none() | moments
link = st.builds(Link, moments, maybe, maybe, st.booleans())


@given(link, moments, moments)
def test_a_link_that_is_shut_never_opens_again(one: Link, now: datetime, later: datetime) -> None:
    first, then = sorted((now, later))

    if door(one, first) is not Door.OPEN:
        assert door(one, then) is not Door.OPEN


@given(link, moments)
def test_it_opens_only_while_nothing_ended(one: Link, now: datetime) -> None:
    nothing = one.ended_at is None and one.question_ended_at is None and not one.answered

    assert (door(one, now) is Door.OPEN) == (nothing and now < one.ends_at)


@given(moments)
def test_a_late_answer_is_welcome_for_a_day(due: datetime) -> None:
    one = Link(rules.ends_at(due))

    assert door(one, due + timedelta(hours=23, minutes=59)) is Door.OPEN
    assert door(one, due + timedelta(days=1)) is Door.EXPIRED


@given(st.lists(moments), moments)
def test_nobody_writes_more_often_than_the_window_takes(
    wishes: list[datetime], now: datetime
) -> None:
    taken: list[datetime] = []
    for at in sorted(wishes):
        if may_write(taken, at):
            taken.append(at)

    for end in taken:
        assert sum(end - WINDOW < at <= end for at in taken) <= MOST


@given(st.lists(maybe), moments)
def test_a_reply_keeps_what_its_writer_could_know(
    ended: list[datetime | None], at: datetime
) -> None:
    for end, kept in zip(ended, kept_by(ended, at), strict=True):
        assert kept == (end is not None and end <= at)
