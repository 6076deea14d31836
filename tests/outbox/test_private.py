"""What was private is answered privately, whoever writes; the rest where its writer says so."""

from datetime import datetime

import pytest

from rejoinder.channels.contract import PRIVATE, Can, Limit, Outgoing, Sent
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import actions
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from tests import people, scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

PUBLIC_ONLY = Limit(name="posts", cap=1, window=3600, costs={PRIVATE: 0})
WHISPERS = Limit(name="messages", unit="messages", cap=1, window=3600, cost=0, costs={PRIVATE: 1})


@pytest.fixture
def told(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """What the channel was given to send."""
    given: list[Outgoing] = []

    def send(self: scene.Notebook, outgoing: Outgoing, key: str) -> Sent:
        given.append(outgoing)
        return usual(self, outgoing, key)

    usual = scene.Notebook.send
    monkeypatch.setattr(scene.Notebook, "send", send)
    monkeypatch.setattr(scene.Notebook, "can", Can(private=True, reads_back=True))
    return given


def queue(conversation: Conversation, text: str = "Hello", *, private: bool = False) -> Reply:
    assert conversation.account is not None
    return actions.queue_reply(
        conversation,
        scene.last(conversation),
        people.alice(),
        text,
        account=conversation.account,
        due_at=clock.now(),
        private=private,
    )


def whispered() -> Conversation:
    conversation = scene.wrote("Tom", "my account number is on the bill")
    Mention.objects.update(public=False)
    return conversation


def test_an_answer_to_a_private_message_stays_private(told: list[Outgoing]) -> None:
    with scene.networks():
        reply = queue(whispered())
        Sender(scene.opened).run_once()
    assert reply.private
    assert [outgoing.private for outgoing in told] == [True]


def test_a_public_one_is_answered_as_its_writer_says(told: list[Outgoing]) -> None:
    with scene.networks():
        conversation = scene.wrote("Tom", "no signal")
        queue(conversation, "In public")
        queue(conversation, "In private", private=True)
        Sender(scene.opened).run_once()
    assert [(outgoing.text, outgoing.private) for outgoing in told] == [
        ("In public", False),
        ("In private", True),
    ]


def test_each_is_spent_of_its_own_limit(told: list[Outgoing]) -> None:
    with scene.networks(PUBLIC_ONLY, WHISPERS):
        conversation = scene.wrote("Tom", "no signal")
        queue(conversation, "in public")
        for text in ("in private", "and again"):
            queue(conversation, text, private=True)
        Sender(scene.opened).run_once()
    # Neither took of the other's limit, and the second private one waits for its own.
    assert [outgoing.text for outgoing in told] == ["in public", "in private"]
    assert Reply.objects.filter(state=State.QUEUED).count() == 1


def test_where_there_is_no_private_way_nothing_is_called_private() -> None:
    with scene.networks():
        reply = queue(whispered(), private=True)
    assert (reply.private, reply.state) == (False, State.QUEUED)
