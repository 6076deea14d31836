"""Waits from rows: what begins one, what ends it, and the same again by brute force."""

from datetime import timedelta

import pytest

from rejoinder.desk.models import Closure
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.reporting import timeliness
from rejoinder.reporting.wait import Wait
from rejoinder.reporting.waits import waits
from tests import people
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
