"""Tom wrote in two threads about one thing, and in one thread about two."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels.contract import Post
from rejoinder.desk import actions, queue
from rejoinder.desk.parting import actions as parting
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Reply
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people, scene
from tests.listening import said
from tests.web.pages import notices, text

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


@pytest.fixture
def two() -> tuple[Conversation, Conversation]:
    """Tom in two threads."""
    first = scene.wrote("Tom", "No signal", thread="a", ago=2 * HOUR)
    return first, scene.wrote("Tom", "Since eleven", thread="b", ago=HOUR)


def queued() -> list[int]:
    return [row.conversation.pk for row in queue.page(people.alice(), "queue").rows]


def test_joined_they_stand_once_and_at_the_earlier_place(
    two: tuple[Conversation, Conversation],
) -> None:
    first, second = two
    since = first.waiting_since
    parting.join(second, first, people.alice())
    assert queued() == [second.pk]
    assert second.waiting_since == since
    assert AuditLine.objects.get(action="joined by hand").actor == people.alice()


def test_a_later_word_in_either_thread_comes_to_the_one(
    two: tuple[Conversation, Conversation],
) -> None:
    first, second = two
    parting.join(second, first, people.alice())
    for name, root in (("p1", "a"), ("p2", "b")):
        post = Post(external_id=name, author_id="tom", text="well?", in_reply_to=root, root=root)
        said.hear(post, channel="notebook")
    both = Mention.objects.filter(external_id__in=["p1", "p2"])
    assert set(both.values_list("conversation", flat=True)) == {second.pk}
    # Each keeps its thread, under which the network has it.
    assert set(both.values_list("thread", flat=True)) == {"a", "b"}
    assert queued() == [second.pk]


def test_the_page_shows_both_threads(two: tuple[Conversation, Conversation]) -> None:
    first, second = two
    alice = Client()
    alice.force_login(people.alice(), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("conversation", args=[second.public_id])
    assert "Join with this one" in text(alice.get(page))
    alice.post(reverse("join", args=[second.public_id]), {"other": str(first.public_id)})
    shown = text(alice.get(page))
    assert "No signal" in shown
    assert "Since eleven" in shown
    number = str(scene.last(second).pk)
    wrong = alice.post(reverse("part", args=[second.public_id]), {}, follow=True)
    assert "Choose some of their words" in notices(wrong)
    answer = alice.post(reverse("part", args=[second.public_id]), {"word": [number]}, follow=True)
    assert "conversation of their own now" in notices(answer)


def test_parted_again_they_are_the_two_that_they_were(
    two: tuple[Conversation, Conversation],
) -> None:
    first, second = two
    since = first.waiting_since, second.waiting_since
    parting.join(second, first, people.alice())
    going = Mention.objects.filter(thread="a").values_list("pk", flat=True)
    made = parting.part(second, people.alice(), set(going))
    assert made == first
    assert (made.joined_into, made.waiting_since, second.waiting_since) == (None, *since)
    assert queued() == [first.pk, second.pk]


def test_two_things_in_one_thread_are_answered_apart() -> None:
    talk = scene.wrote("Tom", "No signal", thread="a", ago=2 * HOUR)
    signal = scene.last(talk)
    scene.wrote("Tom", "and my bill", thread="a", ago=HOUR)
    bill = scene.last(Conversation.objects.get())
    Mention.objects.filter(pk=bill.pk).update(need=Need.URGENT)
    actions.take(talk, people.alice())
    made = parting.part(talk, people.alice(), {bill.pk})
    assert (talk.holder, made.holder) == (people.alice(), None)
    assert (talk.last_mention_id, made.last_mention_id) == (signal.pk, bill.pk)
    assert (made.need, made.waiting_since) == (Need.URGENT, bill.created_at)
    reply = actions.answer(talk, people.alice(), "It is back.")
    assert reply.mention == signal
    actions.take(made, people.bob())
    assert actions.answer(made, people.bob(), "Your bill is right.").mention == bill
    assert Reply.objects.count() == 2


def test_what_is_not_theirs_or_on_its_way_stays(two: tuple[Conversation, Conversation]) -> None:
    first, second = two
    rosa = scene.wrote("Rosa", "my bill")
    with pytest.raises(CannotError, match="same person"):
        parting.join(second, rosa, people.alice())
    with pytest.raises(CannotError, match="one already"):
        parting.join(second, second, people.alice())
    actions.take(first, people.bob())
    with pytest.raises(CannotError, match="Bob"):
        parting.join(second, first, people.alice())
    actions.answer(first, people.bob(), "It is back.")
    with pytest.raises(CannotError, match="on its way"):
        parting.join(second, first, people.dan())
    with pytest.raises(access.NotAllowedError):
        parting.join(second, first, people.ann())


def test_all_of_it_cannot_go(two: tuple[Conversation, Conversation]) -> None:
    first, _second = two
    with pytest.raises(CannotError, match="leave some"):
        parting.part(first, people.alice(), {scene.last(first).pk})
    with pytest.raises(access.NotAllowedError):
        parting.part(first, people.ann(), {scene.last(first).pk})
