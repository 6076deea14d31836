"""Putting people aside: nobody is lost, and each comes back at their place."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.answers import actions as answers
from rejoinder.answers.models import Revision
from rejoinder.budget.models import Allowance
from rejoinder.crisis import actions as crisis
from rejoinder.desk import actions, callbacks, queue, refusals
from rejoinder.desk.asleep import rows, sleep, wake
from rejoinder.desk.models import Assignment, Callback, Snooze
from rejoinder.listening import needs
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.settled import tell
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people, scene
from tests.web import newspage, stage

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def queued() -> list[str]:
    page = queue.page(people.alice(), "queue")
    return [row.conversation.person.name for row in page.rows]


def test_it_leaves_the_queue_and_comes_back_at_its_place(monday: datetime) -> None:
    tom = scene.wrote("Tom", "No signal", ago=2 * HOUR)
    scene.wrote("Ewan", "Voicemail", ago=HOUR)
    actions.take(tom, people.alice())
    actions.start_reply(tom, people.alice())
    actions.save_draft(tom, people.alice(), "Hello Tom")
    sleep.snooze(tom, people.alice(), clock.now() + HOUR)
    assert queued() == ["Ewan"]
    assert tom.holder is None
    assert Assignment.objects.get().ended_at == clock.now()
    assert Allowance.objects.get().reserved == 0
    assert wake.run() == 0
    with clock.standing(monday + HOUR):
        assert wake.run() == 1
        assert wake.run() == 0
        assert queued() == ["Tom", "Ewan"]
    kept = actions.draft(tom, people.alice())
    assert kept
    assert kept.text == "Hello Tom"
    assert AuditLine.objects.filter(action="put aside").count() == 1


def test_who_writes_again_is_back_with_the_time_they_have_waited() -> None:
    tom = scene.wrote("Tom", "No signal", thread="t", ago=2 * HOUR)
    since = tom.waiting_since
    sleep.snooze(tom, people.alice(), event=Snooze.Event.WROTE)
    scene.wrote("Tom", "Hello?", thread="t")
    assert wake.run() == 1
    tom.refresh_from_db()
    assert tom.waiting_since == since
    assert Snooze.objects.get().back == "wrote"


def test_nobody_in_urgent_need_is_put_aside_and_who_becomes_it_is_back() -> None:
    tina = scene.wrote("Tina", "999 just beeps", need=Need.URGENT)
    with pytest.raises(refusals.CannotError, match="urgent need"):
        sleep.snooze(tina, people.alice(), clock.now() + HOUR)
    tom = scene.wrote("Tom", "No signal")
    sleep.snooze(tom, people.alice(), clock.now() + HOUR)
    said = scene.last(tom)
    said.need = Need.URGENT
    said.save()
    assert wake.run() == 1
    tom.refresh_from_db()
    assert (tom.need, tom.waiting_since) == (Need.URGENT, said.created_at)


def test_a_promised_call_wakes_it_in_time(monday: datetime) -> None:
    tom = scene.wrote("Tom", "Call me")
    Conversation.objects.filter(pk=tom.pk).update(channel="phone")
    Callback.objects.create(
        channel="phone",
        thread=tom.thread,
        from_at=monday + HOUR,
        to_at=monday + 2 * HOUR,
        promised_at=monday,
    )
    tom.refresh_from_db()
    made = sleep.snooze(tom, people.alice(), monday + 24 * HOUR)
    assert made.until == monday + HOUR
    assert callbacks.standing([tom])


def test_an_answer_to_what_they_ask_wakes_them_and_another_does_not() -> None:
    talk = stage.says("Tom", "no signal in Leeds")
    other = stage.says("Rosa", "my bill is wrong")
    question = newspage.day(talk) and sleep.question(talk)
    assert question
    assert sleep.question(other) is None
    with clock.standing(clock.now() + HOUR):
        made = sleep.snooze(talk, people.alice(), event=Snooze.Event.ANSWER)
        assert made.question == question
        assert wake.run() == 0
        with clock.standing(clock.now() + HOUR):
            draft = Revision.objects.get(published_at=None)
            answers.check(draft, people.bob())
            answers.publish(draft, people.dan())
            assert wake.run() == 1
    assert Snooze.objects.get().back == "answer"


def test_the_end_of_a_crisis_wakes_those_who_sleep_through_it() -> None:
    tom = scene.wrote("Tom", "No signal")
    with pytest.raises(refusals.CannotError, match="No crisis"):
        sleep.snooze(tom, people.alice(), event=Snooze.Event.CRISIS)
    one = crisis.declare(people.dan(), "Mast 114")
    sleep.snooze(tom, people.alice(), event=Snooze.Event.CRISIS)
    assert wake.run() == 0
    crisis.stand_down(one, people.dan(), "Repaired")
    assert wake.run() == 1
    assert Snooze.objects.get().back == "crisis"


def test_taking_wakes_closing_ends_and_neither_leaves_it_back(monday: datetime) -> None:
    tom, rosa = scene.wrote("Tom", "No signal"), scene.wrote("Rosa", "Bill")
    for each in (tom, rosa):
        sleep.snooze(each, people.alice(), monday + HOUR)
    actions.take(tom, people.bob())
    assert rows.standing([tom])[tom.pk].back == "taken"
    actions.close(tom, people.bob(), "Done")
    actions.close(rosa, people.bob(), "Done")
    assert not rows.standing([tom, rosa])
    with clock.standing(monday + 2 * HOUR):
        assert wake.run() == 0
    assert queued() == []


def test_an_answered_one_comes_back_to_be_asked_after(monday: datetime) -> None:
    tom = scene.wrote("Tom", "No signal", ago=3 * HOUR)
    actions.take(tom, people.alice())
    reply = actions.answer(tom, people.alice(), "Try now")
    sleep.snooze(tom, people.alice(), monday + HOUR)
    Reply.objects.filter(pk=reply.pk).update(state=State.SENT, sent_at=clock.now())
    tell(Reply.objects.get())
    assert queued() == []
    with clock.standing(monday + HOUR):
        assert wake.run() == 1
        tom.refresh_from_db()
        assert tom.waiting_since == clock.now()


def test_a_reply_that_does_not_leave_brings_it_back_to_its_writer() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    reply = actions.answer(tom, people.alice(), "Try now")
    sleep.snooze(tom, people.alice(), clock.now() + HOUR)
    Reply.objects.filter(pk=reply.pk).update(state=State.REFUSED)
    tell(Reply.objects.get())
    tom.refresh_from_db()
    assert (tom.holder, bool(tom.waiting_since)) == (people.alice(), True)
    assert Snooze.objects.get().back == "reply"


def test_only_whose_it_is_puts_it_aside_and_nobody_without_the_right() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    with pytest.raises(refusals.NotYoursError):
        sleep.snooze(tom, people.bob(), clock.now() + HOUR)
    for outsider in (people.ann(), people.charlie()):
        with pytest.raises(access.NotAllowedError):
            sleep.snooze(tom, outsider, clock.now() + HOUR)
        with pytest.raises(access.NotAllowedError):
            sleep.wake_now(tom, outsider)
        assert sleep.sleeping(outsider) == ([], 0)
    actions.close(tom, people.alice(), "Done")
    with pytest.raises(refusals.CannotError, match="Nothing is due"):
        sleep.snooze(tom, people.alice(), clock.now() + HOUR)


def test_between_two_looks_at_all_only_those_are_read_whose_event_may_have_come(
    monday: datetime,
) -> None:
    waker = wake.Waker()
    found = []
    for many in (2, 40):
        for number in range(many):
            talk = scene.wrote(f"Tom {many} {number}", "No signal")
            sleep.snooze(talk, people.alice(), clock.now() + 5 * HOUR)
        waker.run()
        with CaptureQueriesContext(connection) as queries:
            assert waker.run() == 0
        found.append(len(queries))
    assert found[0] == found[1]


def test_between_two_looks_each_event_still_wakes() -> None:
    waker = wake.Waker()
    timed, heard, read, waits = (scene.wrote(name, "No signal") for name in "ABCD")
    crisis.declare(people.dan(), "Leeds is dark")
    for talk in (timed, heard, read):
        sleep.snooze(talk, people.alice(), clock.now() + HOUR * (1 if talk is timed else 9))
    sleep.snooze(waits, people.alice(), event=Snooze.Event.CRISIS)
    assert waker.run() == 0
    scene.wrote("B", "hello?", thread=heard.thread)
    assert waker.run() == 1
    Mention.objects.filter(pk=scene.last(read).pk).update(need=Need.URGENT)
    needs.renew([read.pk])
    assert Snooze.objects.get(conversation=read).back == "urgent"
    crisis.stand_down(crisis.open_ones().get(), people.dan(), "over")
    assert waker.run() == 1
    clock.turn(HOUR)
    waker.run()
    assert set(Snooze.objects.values_list("back", flat=True)) == {
        "time",
        "wrote",
        "urgent",
        "crisis",
    }
