"""Waits from rows: what begins one, what ends it, and the same again by brute force."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.models import Closure
from rejoinder.listening.models import Conversation, Mention, Need, Question
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.reporting import timeliness
from rejoinder.reporting.wait import Wait
from rejoinder.reporting.waits import waits
from tests import people
from tests.conftest import MONDAY
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def seen(days: int = 7) -> list[Wait]:
    now = clock.now()
    return waits(now - timedelta(days=days), now, now)


def answered(talk: Conversation, minutes_ago: float) -> None:
    """Our reply left then, and nobody waits."""
    mention = Mention.objects.filter(conversation=talk).latest("pk")
    at = clock.now() - timedelta(minutes=minutes_ago)
    Reply.objects.create(
        conversation=talk,
        mention=mention,
        account=stage.account(),
        advisor=people.alice(),
        text="We are on it.",
        state=State.SENT,
        key=str(Reply.objects.count()),
        written_at=at,
        due_at=at,
        sent_at=at,
    )
    Conversation.objects.filter(pk=talk.pk).update(waiting_since=None)


def closed(talk: Conversation, minutes_ago: float) -> None:
    at = clock.now() - timedelta(minutes=minutes_ago)
    Closure.objects.create(conversation=talk, advisor=people.alice(), at=at, why="solved itself")
    Conversation.objects.filter(pk=talk.pk).update(waiting_since=None)


def test_it_ends_with_our_reply_or_is_seen_until_now() -> None:
    answered(stage.says("Tom", "no signal", minutes_ago=60), minutes_ago=20)
    stage.says("Tina", "no signal here", minutes_ago=30, need=Need.URGENT)
    closed(stage.says("Rosa", "solved", minutes_ago=90), minutes_ago=80)

    found = {wait.seconds: wait.answered for wait in seen()}
    assert found == {40 * 60: True, 30 * 60: False, 10 * 60: False}


def test_it_begins_with_the_first_word_and_a_later_one_begins_none() -> None:
    talk = stage.says("Tom", "no signal", minutes_ago=60)
    stage.says("Tom", "still none", minutes_ago=10)
    answered(talk, minutes_ago=5)
    assert [(wait.seconds, wait.answered) for wait in seen()] == [(55 * 60, True)]


def test_a_reply_to_what_was_said_earlier_ends_nothing() -> None:
    talk = stage.says("Tom", "no signal", minutes_ago=60 * 24 * 9)
    answered(talk, minutes_ago=60 * 24 * 8)
    stage.says("Tom", "again none", minutes_ago=60)
    assert [(wait.seconds, wait.answered) for wait in seen()] == [(3600, False)]


def test_copies_deleted_words_ours_and_what_is_not_about_us_begin_none() -> None:
    stage.says("Tom", "no signal", minutes_ago=9, copy_of=1)
    stage.says("Tina", "", minutes_ago=9, deleted_at=clock.now())
    stage.says("Us", "Sorry!", minutes_ago=9, ours=True)
    elsewhere = stage.says("Otto", "the arena was great", minutes_ago=9)
    Conversation.objects.filter(pk=elsewhere.pk).update(waiting_since=None)
    assert seen() == []


def test_nobody_and_a_time_before_anybody() -> None:
    assert seen() == []
    stage.says("Tom", "no signal", minutes_ago=60 * 24 * 9)
    assert seen() == []


def test_groups_of_few_are_not_shown_and_figures_are_those_of_raw_rows() -> None:
    for at in range(12):
        talk = stage.says(f"Person {at}", "no signal", minutes_ago=100 + at)
        if at % 3:
            answered(talk, minutes_ago=at)
    for at in range(4):
        stage.says(f"Urgent {at}", "999 fails", minutes_ago=5, need=Need.URGENT)

    urgent, common = timeliness.by_need(seen())
    assert (urgent.key, urgent.waited) == (Need.URGENT, None)
    assert common.waited is not None
    assert (common.waited.people, common.waited.answered) == (12, 8)
    # All eight answers came after exactly 100 minutes, when all twelve still waited.
    assert common.waited.until(0.5) == 6000
    assert common.waited.without(6000) == pytest.approx(4 / 12)


def test_what_they_began_with_and_who_answered_is_known() -> None:
    question = Question.objects.create(
        name="No signal?", first_at=clock.now(), last_at=clock.now(), people=1
    )
    tom = stage.says("Tom", "no signal", minutes_ago=60, question_id=question.pk)
    stage.says("Tom", "and my bill is wrong", minutes_ago=50, intent="billing")
    answered(tom, minutes_ago=20)
    tina = stage.says("Tina", "my bill", minutes_ago=30, intent="billing")
    closed(tina, minutes_ago=5)

    found = {wait.question: wait for wait in seen()}
    assert found[question.pk].advisor == people.alice().pk
    assert (found[None].intent, found[None].advisor) == ("billing", None)


moments = st.integers(0, 365 * 24 * 3600).map(lambda at: MONDAY + timedelta(seconds=at))
some_waits = st.lists(
    st.builds(
        Wait,
        channel=st.sampled_from(["x", "phone"]),
        need=st.integers(0, 5),
        began=moments,
        seconds=st.floats(0, 1e6),
        answered=st.booleans(),
        question=st.sampled_from([None, 1, 2]),
        intent=st.sampled_from(["", "billing", "outage"]),
        advisor=st.sampled_from([None, 7, 8]),
    ),
    max_size=60,
)


@given(some_waits)
def test_each_cut_has_everybody_once_and_hides_the_few(waits_: list[Wait]) -> None:
    zone = ZoneInfo("Europe/London")
    whose = {1: 11, 2: 12}
    cuts: list[tuple[list[timeliness.Group], Callable[[Wait], object]]] = [
        (timeliness.by_hour(waits_, zone), lambda w: w.began.astimezone(zone).hour),
        (
            timeliness.by_area(waits_, lambda w: whose.get(w.question or 0)),
            lambda w: whose.get(w.question or 0, 0),
        ),
        (
            timeliness.by_advisor(waits_),
            lambda w: w.advisor,
        ),
    ]
    for groups, key in cuts:
        counted = Counter(key(wait) for wait in waits_)
        counted.pop(None, None)
        assert [group.key for group in groups] == sorted(counted, key=_number)
        for group in groups:
            many = counted[group.key]
            assert (group.waited is None) == (many < 5)
            if group.waited:
                mine = [wait for wait in waits_ if key(wait) == group.key]
                assert group.waited.people == many
                assert group.waited.answered == sum(wait.answered for wait in mine)


def _number(key: object) -> int:
    assert isinstance(key, int)
    return key
