"""Where only a person may send: counted, never sent by us, seen on our own timeline."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.budget.models import Allowance
from rejoinder.channels.contract import BY_HAND, Can, Limit, Outgoing, Sent
from rejoinder.desk.models import Draft
from rejoinder.outbox import actions
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.reconcile import reconcile
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from tests import people, scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

POSTS = Limit(name="posts", cap=5, window=3600)
PURSE = Limit(name="purse", unit="dollars", cap=1, window=3600, cost=0.2, costs={BY_HAND: 0})
PAGE = "https://notebook.example.com/write?text="


@pytest.fixture(autouse=True)
def summoned_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform whose API answers nobody; what it is given all the same is an error."""

    def by_hand(outgoing: Outgoing, settings: Mapping[str, str]) -> str:
        return PAGE + outgoing.text

    def send(self: scene.Notebook, outgoing: Outgoing, key: str) -> Sent:
        raise AssertionError(outgoing)

    monkeypatch.setattr(scene.Notebook, "by_hand", staticmethod(by_hand))
    monkeypatch.setattr(scene.Notebook, "send", send)
    monkeypatch.setattr(scene.Notebook, "can", Can(reads_back=True, by_hand=True))


def queue(text: str = "Hello") -> Reply:
    conversation = scene.wrote("Tom", "no signal again")
    assert conversation.account is not None
    return actions.queue_reply(
        conversation,
        scene.last(conversation),
        people.alice(),
        text,
        account=conversation.account,
        due_at=clock.now() + timedelta(seconds=8),
    )


def test_it_is_counted_and_waits_for_its_person(monday: datetime) -> None:
    with scene.networks(POSTS, PURSE):
        reply = queue()
        assert reply.by_hand
        assert Sender(scene.opened).run_once() == 1  # at once: no undo hold is needed
        reply.refresh_from_db()
    assert reply.state == State.UNCERTAIN
    spent = {row.unit: row.spent > 0 for row in Allowance.objects.all()}
    assert spent == {"posts": True, "dollars": False}


def test_it_is_never_sent_by_itself(monday: datetime) -> None:
    with scene.networks(POSTS):
        reply = queue()
        for _ in range(5):
            Sender(scene.opened).run_once()
            reconcile(scene.opened)
            clock.turn(timedelta(minutes=10))
        reply.refresh_from_db()
    assert (reply.state, reply.attempts) == (State.UNCERTAIN, 1)


def test_what_was_not_sent_comes_back_into_the_draft() -> None:
    with scene.networks(POSTS):
        reply = queue("Words worth keeping")
        Sender(scene.opened).run_once()
        reply.refresh_from_db()
        actions.settle(reply, people.alice(), arrived=False)
    assert reply.state == State.WITHDRAWN
    assert Draft.objects.get().text == "Words worth keeping"


def test_somebody_may_say_that_it_is_out() -> None:
    with scene.networks(POSTS):
        reply = queue()
        Sender(scene.opened).run_once()
        reply.refresh_from_db()
        actions.settle(reply, people.alice(), arrived=True)
    assert reply.state == State.SENT


def test_our_own_timeline_says_that_it_is_out() -> None:
    with scene.networks(POSTS) as network:
        reply = queue()
        Sender(scene.opened).run_once()
        network.posted[reply.key] = (clock.now(), "Hello")
        assert reconcile(scene.opened) == 1
        reply.refresh_from_db()
    assert (reply.state, reply.external_id) == (State.SENT, f"post-{reply.key}")


def test_its_page_opens_from_the_thread() -> None:
    alice = Client()
    alice.force_login(people.alice(), "allauth.account.auth_backends.AuthenticationBackend")
    with scene.networks(POSTS):
        reply = queue("Back at noon")
        Sender(scene.opened).run_once()
        shown = alice.get(reverse("conversation", args=[reply.conversation.public_id]))
    page = shown.content.decode()
    assert f'href="{PAGE}Back at noon"' in page
    assert "answered by hand" in page
