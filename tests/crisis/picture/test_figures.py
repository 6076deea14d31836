"""The figures of a crisis, read from rows: volume, problems, moods, waits."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.crisis.picture.bins import bins
from rejoinder.crisis.picture.readings import readings
from rejoinder.crisis.picture.volume import volume
from rejoinder.crisis.picture.waits import waits
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation, Mention, MinuteCount, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.reporting.waits import waits as reported
from rejoinder.team.models import Organisation
from tests import people, scene

pytestmark = pytest.mark.django_db

MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def counted(at: datetime, mentions: int, channel: str = "notebook") -> None:
    MinuteCount.objects.create(channel=channel, minute=at, mentions=mentions)


def test_a_desk_that_heard_nothing_yet_shows_nothing() -> None:
    seen = volume(bins(clock.now(), clock.now()), clock.now())
    assert (seen.counts.sum(), seen.lately, seen.usual, seen.usually) == (0, 0, None, None)


def test_minutes_fall_into_their_bins_over_all_channels() -> None:
    now = clock.now()
    for ago, channel in [(1, "notebook"), (1, "letterbox"), (10, "notebook"), (11, "notebook")]:
        counted(now - ago * MINUTE, 5, channel)
    counted(now, 100)  # this minute is not over
    seen = volume(bins(now - timedelta(hours=1), now), now)
    assert seen.counts[-3:].tolist() == [0, 5, 15]
    assert (seen.lately, seen.counts.sum()) == (15, 20)
    assert seen.peak == len(seen.counts) - 1


def test_usual_is_the_mean_of_the_same_hours_of_earlier_weeks() -> None:
    now = clock.now()
    counted(now - 5 * WEEK, 1)  # heard since before the stretch four weeks ago
    for week in (1, 2, 3, 4):
        counted(now - week * WEEK - 5 * MINUTE, 18 + week % 2 * 2)
    seen = volume(bins(now - timedelta(hours=1), now), now)
    assert seen.usually == 19
    assert seen.usual is not None
    assert seen.usual.mean[-1] == pytest.approx(19 * 3 / 4)  # half of it from the empty bin beside
    assert seen.usual.low[-1] < seen.usual.mean[-1] < seen.usual.high[-1]


def test_usual_keeps_to_the_clock_where_clocks_change() -> None:
    Organisation.objects.create(name="Northwind", time_zone="Europe/London")
    # Clocks went forward on 29 March 2026: nine o'clock then is an hour earlier in UTC.
    with clock.standing(datetime.fromisoformat("2026-03-30T08:00:00+00:00")):
        now = clock.now()
        counted(now - 9 * WEEK, 1)
        for week in range(1, 5):
            counted(now + timedelta(hours=1) - week * WEEK - 5 * MINUTE, 12)
        assert volume(bins(now - timedelta(hours=1), now), now).usually == 6  # of eight weeks


def test_problems_and_moods_by_bin() -> None:
    now = clock.now()
    for name, intent, mood, ago in [
        ("Tom", "outage", "negative", 5),
        ("Tina", "praise", "positive", 6),
        ("Rosa", "billing", "neutral", 7),
        ("Colin", "", "", 8),  # not read yet
        ("Vera", "outage", "negative", 25),
    ]:
        talk = scene.wrote(name, "x", ago=ago * MINUTE)
        Mention.objects.filter(pk=talk.last_mention_id or 0).update(intent=intent, sentiment=mood)
    Mention.objects.filter(person__name="Vera").update(heard_at=now - 25 * MINUTE)
    ours = scene.wrote("Us", "We are on it")
    Mention.objects.filter(pk=ours.last_mention_id or 0).update(ours=True, intent="outage")
    seen = readings(bins(now - timedelta(hours=1), now))
    assert seen.read[-3:].tolist() == [1, 0, 3]
    assert seen.problems[-3:].tolist() == [1, 0, 2]
    assert {mood: counts[-1] for mood, counts in seen.moods.items()} == {
        "negative": 1,
        "neutral": 1,
        "positive": 1,
    }


def test_who_waits_and_how_long_the_first_answer_took() -> None:
    for number, name in enumerate(("Tom", "Tina", "Rosa")):
        talk = scene.wrote(name, "no signal", need=Need.SPECIFIC, ago=(10 + number * 10) * MINUTE)
        desk.take(talk, people.alice())
        desk.answer(talk, people.alice(), "We are on it.")
    Reply.objects.update(state=State.SENT, sent_at=clock.now() - MINUTE)
    Conversation.objects.update(waiting_since=None)
    scene.wrote("Vera", "hello", need=Need.COMMON)
    scene.wrote("Granny Smith", "help", need=Need.URGENT, channel="letterbox")
    later = scene.wrote("Tom", "still none", need=Need.SPECIFIC)
    seen = waits(clock.now() - timedelta(hours=1), clock.now())
    assert [(row.key, row.waiting, row.answered) for row in seen.channels] == [
        ("notebook", 2, 3),
        ("letterbox", 1, 0),
    ]
    assert {row.key: row.waiting for row in seen.needs} == {
        Need.URGENT: 1,
        Need.SPECIFIC: 1,
        Need.COMMON: 1,
    }
    assert later.waiting_since
    assert seen.all.middle == timedelta(minutes=19)
    assert seen.all.most == timedelta(minutes=27)
    assert seen.all.waiting == 3


def test_a_second_answer_is_no_first_one() -> None:
    talk = scene.wrote("Tom", "no signal", ago=timedelta(hours=3))
    for ago in (150, 5):
        desk.take(talk, people.alice())
        desk.answer(talk, people.alice(), "We are on it.")
        last = Reply.objects.latest("id")
        Reply.objects.filter(pk=last.pk).update(
            state=State.SENT, sent_at=clock.now() - ago * MINUTE
        )
        scene.wrote("Tom", "and now?", thread=talk.thread)
        talk.refresh_from_db()
    assert waits(clock.now() - timedelta(hours=1), clock.now()).all.answered == 0
    assert waits(clock.now() - timedelta(hours=4), clock.now()).all.answered == 1


def test_who_wrote_again_waited_from_their_first_word_in_every_report() -> None:
    talk = scene.wrote("Tom", "no signal", ago=50 * MINUTE)
    scene.wrote("Tom", "still none", thread=talk.thread, ago=10 * MINUTE)
    desk.take(talk, people.alice())
    desk.answer(talk, people.alice(), "We are on it.")
    Reply.objects.update(state=State.SENT, sent_at=clock.now() - 5 * MINUTE)
    now = clock.now()
    since = now - timedelta(hours=1)

    assert waits(since, now).all.middle == timedelta(minutes=45)
    assert [each.seconds for each in reported(since, now, now)] == [45 * 60]
