"""Mentions are counted as they come; more than usual raises one alarm, within seconds."""

from datetime import date, datetime, timedelta

import msgspec
import pytest

from rejoinder.crisis.alarm import counting
from rejoinder.crisis.alarm.watching import Watcher, watching
from rejoinder.crisis.models import Alarm, Naming, Watching
from rejoinder.crisis.surge.surge import Surge
from rejoinder.desk.models import Pile
from rejoinder.listening.models import Mention, Question
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change
from rejoinder.team.models import Advisor, AuditLine
from tests import people
from tests.crisis.crowd import minutes, usual_days, write

pytestmark = pytest.mark.django_db
DAYS = 3


@pytest.fixture
def noon(monday: datetime) -> datetime:
    """The beginning of a minute, after some usual days."""
    at = monday.replace(hour=12, minute=0, second=0, microsecond=0)
    usual_days(at, DAYS)
    return at


def tick(watcher: Watcher, at: datetime) -> int:
    clock.turn(at - clock.now())
    return watcher.run()


def bad_minutes(watcher: Watcher, noon: datetime, many: int = 6) -> None:
    for minute in minutes(noon, many):
        write(minute + timedelta(seconds=20), 12)
        tick(watcher, minute + timedelta(seconds=64))


def test_what_was_kept_teaches_what_is_usual_and_raises_nothing(noon: datetime) -> None:
    assert tick(Watcher(), noon + timedelta(seconds=4)) == 0
    assert not Alarm.objects.exists()
    assert watching().until == noon
    assert watching().state


def test_a_surge_is_an_alarm_within_seconds_of_its_minute(noon: datetime) -> None:
    watcher = Watcher()
    tick(watcher, noon + timedelta(seconds=4))
    bad_minutes(watcher, noon)
    alarm = Alarm.objects.get()
    assert timedelta(minutes=1) <= alarm.at - noon <= timedelta(minutes=4)
    assert alarm.raised_at - alarm.at <= timedelta(seconds=10)
    assert alarm.came >= 12
    assert alarm.usual < 2
    assert alarm.problems_came is not None
    assert alarm.until is None
    assert AuditLine.objects.filter(action="raised an alarm").count() == 1
    assert Change.objects.filter(topic="crisis").exists()


def test_holidays_of_the_place_are_days_of_their_own(noon: datetime) -> None:
    Watching.objects.filter(pk=watching().pk).update(place="GB-ENG")
    tick(Watcher(), noon + timedelta(seconds=4))
    kept = msgspec.json.decode(watching().state, type=Surge)
    assert date(2026, 12, 25) in kept.every.baseline.holidays
    assert kept.problems is not None
    assert kept.problems.baseline.holidays == kept.every.baseline.holidays


def test_an_alarm_ends_when_it_is_quiet_again(noon: datetime) -> None:
    watcher = Watcher()
    tick(watcher, noon + timedelta(seconds=4))
    bad_minutes(watcher, noon)
    tick(watcher, noon + timedelta(hours=12))
    alarm = Alarm.objects.get()
    assert alarm.until is not None
    assert alarm.at < alarm.until < noon + timedelta(hours=4)


def test_a_flood_by_one_person_is_no_surge(noon: datetime) -> None:
    watcher = Watcher()
    tick(watcher, noon + timedelta(seconds=4))
    for minute in minutes(noon, 10):
        write(minute, 200, person=7)
        tick(watcher, minute + timedelta(seconds=64))
    assert not Alarm.objects.exists()


def test_our_own_posts_are_no_mentions(noon: datetime) -> None:
    watcher = Watcher()
    tick(watcher, noon + timedelta(seconds=4))
    write(noon, 300)
    Mention.objects.filter(created_at=noon).update(ours=True)
    tick(watcher, noon + timedelta(minutes=3))
    assert not Alarm.objects.exists()


def piled(noon: datetime, lead: Advisor) -> Pile:
    """A wave of one text, put into a pile."""
    original = Mention.objects.create(
        channel="notebook",
        external_id="wave",
        person_id=99_999,
        thread="wave",
        text="Win a phone",
        created_at=noon - timedelta(hours=2),
        heard_at=noon - timedelta(hours=2),
    )
    return Pile.objects.create(
        original=original.pk, why="Spam", begun_by=lead, begun_at=noon - timedelta(hours=1)
    )


def test_posts_in_a_spam_pile_are_no_surge_and_those_of_a_dissolved_one_are(
    noon: datetime,
) -> None:
    alice = people.alice()
    pile = piled(noon, alice)
    watcher = Watcher()
    tick(watcher, noon + timedelta(seconds=4))
    for minute in minutes(noon, 6):
        write(minute + timedelta(seconds=20), 40)
        new = Mention.objects.filter(created_at=minute + timedelta(seconds=20))
        new.update(copy_of=pile.original)
        tick(watcher, minute + timedelta(seconds=64))
    assert not Alarm.objects.exists()
    Pile.objects.update(ended_at=clock.now(), ended_by=alice)
    bad_minutes(watcher, noon + timedelta(minutes=10))
    assert Alarm.objects.count() == 1


def test_who_is_in_a_pile_and_asks_for_help_counts(noon: datetime) -> None:
    piled(noon, people.alice())
    watcher = Watcher()
    tick(watcher, noon + timedelta(seconds=4))
    bad_minutes(watcher, noon)
    assert Alarm.objects.exists()


def test_a_pile_is_in_no_question_and_no_area(noon: datetime) -> None:
    pile = piled(noon, people.alice())
    question = Question.objects.create(
        name="Is it down in Leeds?", people=30, first_at=noon, last_at=noon + timedelta(minutes=9)
    )
    write(noon, 5, question=question.pk)
    Mention.objects.filter(created_at=noon).update(copy_of=pile.original)
    write(noon, 2, question=question.pk)
    for mention in Mention.objects.filter(created_at=noon):
        Naming.objects.create(mention=mention, area="leeds", at=noon)
    ends = noon + timedelta(minutes=1)
    assert len(counting.of_question(question.pk, noon, ends)) == 2
    assert len(counting.of_area("leeds", noon, ends)) == 2
    assert len(counting.rows(noon, ends, counting.newest())) == 2


def test_after_a_stop_it_counts_on_and_finds_what_came_meanwhile(noon: datetime) -> None:
    tick(Watcher(), noon + timedelta(seconds=4))
    for minute in minutes(noon, 6):
        write(minute + timedelta(seconds=20), 12)
    later = Watcher()
    assert tick(later, noon + timedelta(hours=2)) == 1
    alarm = Alarm.objects.get()
    assert alarm.at - noon <= timedelta(minutes=4)
    assert tick(Watcher(), noon + timedelta(hours=2, minutes=30)) == 0
    assert Alarm.objects.count() == 1


def test_two_watchers_write_one_alarm_down_once(noon: datetime) -> None:
    watchers = [Watcher(), Watcher()]
    for watcher in watchers:
        tick(watcher, noon + timedelta(seconds=4))
    for minute in minutes(noon, 5):
        write(minute, 12)
        for watcher in watchers:
            tick(watcher, minute + timedelta(seconds=64))
    assert Alarm.objects.count() == 1


def test_mentions_that_were_heard_late_count_as_of_now(noon: datetime) -> None:
    watcher = Watcher()
    tick(watcher, noon + timedelta(minutes=8, seconds=4))
    write(noon + timedelta(minutes=3), 60)
    tick(watcher, noon + timedelta(minutes=9, seconds=4))
    assert Alarm.objects.get().at == noon + timedelta(minutes=9)


def test_a_question_has_an_alarm_of_its_own(noon: datetime) -> None:
    """Little beside all that is said, and much for one question."""
    question = Question.objects.create(
        name="Is it down in Leeds?", people=30, first_at=noon, last_at=noon + timedelta(minutes=9)
    )
    watcher = Watcher()
    watching()
    Watching.objects.update(false_alarms=0.02)
    tick(watcher, noon + timedelta(seconds=4))
    for minute in minutes(noon, 10):
        write(minute, 3, question=question.pk, intent="praise")
        tick(watcher, minute + timedelta(seconds=64))
    assert Alarm.objects.filter(question=question).count() == 1
    again = Watcher()
    tick(again, noon + timedelta(minutes=12, seconds=4))
    assert Alarm.objects.filter(question=question).count() == 1


def test_a_desk_that_never_heard_anything_waits_for_its_first_mention(monday: datetime) -> None:
    watcher = Watcher()
    assert watcher.run() == 0
    assert tick(watcher, monday + timedelta(hours=1)) == 0
