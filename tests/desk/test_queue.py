"""Pages of the queue, what is new, what is counted, and the whole thread."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.desk import actions, queue
from rejoinder.desk.timeline import timeline
from rejoinder.listening.models import Conversation, Mention, Need, Person
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from tests import people, scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def names(page: queue.Page) -> list[str]:
    return [row.conversation.person.name for row in page.rows]


def twelve() -> list[str]:
    """Twelve people of three needs; their names in the order of the queue."""
    for number in range(12):
        need = (Need.VENT, Need.URGENT, Need.COMMON)[number % 3]
        scene.wrote(f"P{number}", "No signal", need=need, ago=timedelta(minutes=number // 6))
    rows = Conversation.objects.order_by("need", "waiting_since", "id")
    return [row.person.name for row in rows]


def test_pages_go_on_where_the_last_ended_and_back() -> None:
    order, alice = twelve(), people.alice()
    first = queue.page(alice, "queue", size=5)
    second = queue.page(alice, "queue", first.next, size=5)
    third = queue.page(alice, "queue", second.next, size=5)
    assert names(first) + names(second) + names(third) == order
    assert (first.previous, third.next) == (None, None)
    assert names(queue.page(alice, "queue", third.previous, size=5)) == names(second)
    back = queue.page(alice, "queue", second.previous, size=5)
    assert names(back) == names(first)
    assert back.previous is None
    assert names(queue.page(alice, "queue", back.next, size=5)) == names(second)


def test_a_page_stays_where_it_is_when_others_take() -> None:
    order, alice = twelve(), people.alice()
    first = queue.page(alice, "free", size=5)
    actions.take_next(people.bob())
    assert names(queue.page(alice, "free", first.next, size=5)) == order[5:10]
    assert names(queue.page(alice, "queue", size=1)) == order[:1]


@pytest.mark.parametrize("key", ["", "x", "AAAA", "bnVsbA==", "ü", "W10="])
def test_a_key_nobody_gave_out_shows_the_first_page(key: str) -> None:
    order = twelve()
    assert names(queue.page(people.alice(), "queue", key, size=3)) == order[:3]


def test_a_key_of_another_view_shows_the_first_page() -> None:
    order, alice = twelve(), people.alice()
    for _ in range(3):
        actions.take_next(alice)
    key = queue.page(alice, "mine", size=1).next
    assert key is not None
    assert names(queue.page(alice, "queue", key, size=3)) == order[:3]


def test_each_view_has_its_own() -> None:
    alice, bob = people.alice(), people.bob()
    tom, tina = scene.wrote("Tom", "No signal"), scene.wrote("Tina", "999 just beeps")
    actions.take(tom, alice)
    actions.take(tina, bob)
    assert names(queue.page(alice, "mine")) == ["Tom"]
    assert names(queue.page(alice, "taken")) == ["Tina"]
    actions.answer(tom, alice, "Hello Tom")
    (row,) = queue.page(alice, "mine").rows
    assert row.reply is not None
    assert [reply.text for reply in queue.leaving(alice)] == ["Hello Tom"]
    clock.turn(outbox.undo_hold())
    Sender(scene.opened).run_once()
    assert names(queue.page(alice, "waiting-for-them")) == ["Tom"]
    assert [reply.text for reply in queue.sent(alice)] == ["Hello Tom"]
    assert {view: str(count) for view, count in queue.counts(alice).items()} == {
        "queue": "1",
        "free": "0",
        "mine": "0",
        "due": "0",
        "taken": "1",
        "waiting-for-them": "1",
        "leaving": "0",
    }


def test_an_auditor_sees_nobody() -> None:
    tom = scene.wrote("Tom", "No signal")
    assert queue.page(people.ann(), "queue").rows == []
    assert queue.new_since(people.ann(), 0).total == 0
    assert timeline(tom, people.ann()).entries == []
    assert str(queue.counts(people.ann())["queue"]) == "0"


def test_new_words_are_counted_by_need() -> None:
    alice = people.alice()
    scene.wrote("Tom", "No signal", thread="post-tom")
    mark = queue.mark()
    assert queue.new_since(alice, mark).total == 0
    scene.wrote("Tina", "999 just beeps", need=Need.URGENT)
    scene.wrote("Ewan", "Voicemail")
    scene.wrote("Tom", "Still none", thread="post-tom")
    news = queue.new_since(alice, mark)
    assert news.by_need == {Need.URGENT: 1, Need.COMMON: 2}
    assert (news.total, news.more) == (3, False)


def test_counting_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "COUNTED", 5)
    twelve()
    count = queue.counts(people.alice())["queue"]
    assert (str(count), count.more) == ("5+", True)
    assert queue.new_since(people.alice(), 0).more


def test_a_page_costs_the_same_whatever_is_on_it() -> None:
    alice = people.alice()
    scene.wrote("Tom", "No signal")
    with CaptureQueriesContext(
        connection,
    ) as one:
        queue.page(alice, "queue")
    twelve()
    with CaptureQueriesContext(connection) as many:
        for row in queue.page(alice, "queue").rows:
            assert row.mention is not None
            assert row.conversation.person.name
            assert row.conversation.account is not None
    assert len(one) == len(many) == 9


def test_the_thread_tells_everything_in_order() -> None:
    alice, bob = people.alice(), people.bob()
    tom = scene.wrote("Tom", "No signal", thread="post-tom")
    clock.turn(timedelta(minutes=1))
    scene.wrote("Tina", "Me too", thread="post-tom")
    actions.take(tom, alice)
    clock.turn(timedelta(minutes=1))
    actions.note(tom, alice, "Third today")
    clock.turn(timedelta(minutes=1))
    actions.hand_over(tom, alice, bob, "Yours")
    clock.turn(timedelta(minutes=1))
    reply = actions.answer(tom, bob, "Hello Tom")
    clock.turn(outbox.undo_hold())
    Sender(scene.opened).run_once()
    reply.refresh_from_db()
    heard_back(tom, reply.external_id, reply.text)
    clock.turn(timedelta(minutes=1))
    actions.close(tom, bob, "Solved")
    told = timeline(tom, alice)
    assert [entry.kind for entry in told.entries] == [
        "mention",
        "mention",
        "taken",
        "note",
        "handover",
        "reply",
        "closure",
    ]
    assert not told.more


def heard_back(conversation: Conversation, external_id: str, text: str) -> None:
    """Our own reply, as the channel hears it on our timeline."""
    brand, _ = Person.objects.get_or_create(channel="notebook", external_id="brand")
    Mention.objects.create(
        channel="notebook",
        external_id=external_id,
        person=brand,
        thread=conversation.thread,
        text=text,
        ours=True,
        created_at=clock.now(),
        heard_at=clock.now(),
    )


def test_of_a_long_thread_the_newest_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.desk.timeline.SHOWN", 3)
    tom = scene.wrote("Tom", "1", thread="post-tom")
    for text in "2345":
        clock.turn(timedelta(seconds=1))
        scene.wrote("Tom", text, thread="post-tom")
    told = timeline(tom, people.alice())
    assert [row.text for entry in told.entries if isinstance(row := entry.row, Mention)] == list(
        "345"
    )
    assert told.more
