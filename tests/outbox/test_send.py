"""A reply on its way: due, in order, within the allowance, once, and what came of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError

from rejoinder.budget.models import Allowance, Reservation, Spend
from rejoinder.channels.contract import (
    Channel,
    Limit,
    Receipt,
    Refused,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import actions, forecast
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.reconcile import LEASE, SETTLING, reconcile
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change
from rejoinder.team import access
from rejoinder.team.models import AuditLine, Organisation
from tests import people, scene

pytestmark = pytest.mark.django_db

Network = type[scene.Notebook]


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[Network]:
    with scene.networks(Limit(name="hour", cap=3, window=3600)) as found:
        yield found


@pytest.fixture
def sender() -> Sender:
    return Sender(scene.opened)


def queue(text: str = "Hello Tom", conversation: Conversation | None = None) -> Reply:
    """A reply of Alice's, due now."""
    conversation = conversation or scene.wrote("Tom", "No signal")
    account = conversation.account
    assert account is not None
    return actions.queue_reply(
        conversation,
        scene.last(conversation),
        people.alice(),
        text,
        account=account,
        due_at=clock.now(),
    )


def later(reply: Reply) -> Reply:
    reply.refresh_from_db()
    return reply


def test_a_reply_is_sent_once_and_its_attempt_spent(sender: Sender, network: Network) -> None:
    reply = queue()
    assert sender.run_once() == 1
    assert sender.run_once() == 0
    assert list(network.posted) == [reply.key]
    sent = later(reply)
    assert (sent.state, sent.external_id, sent.attempts) == (State.SENT, f"post-{reply.key}", 1)
    assert sent.sent_at == clock.now()
    assert Spend.objects.count() == 1
    assert not Reservation.objects.exists()


def test_open_pages_and_the_record_are_told(sender: Sender) -> None:
    reply = queue()
    Change.objects.all().delete()
    sender.run_once()
    topics = set(Change.objects.values_list("topic", flat=True))
    assert topics == {
        "queue",
        f"conversation:{reply.conversation.public_id}",
        f"account:{reply.account.public_id}",
    }
    assert AuditLine.objects.filter(action="sent a reply to").count() == 1


def test_the_undo_hold_really_holds_it_back(sender: Sender, network: Network) -> None:
    Organisation.objects.create(name="Northwind", undo_seconds=8)
    reply = queue()
    Reply.objects.update(due_at=clock.now() + actions.undo_hold())
    assert sender.run_once() == 0
    clock.turn(timedelta(seconds=7))
    withdrawn = actions.withdraw(later(reply), people.alice())
    clock.turn(timedelta(seconds=5))
    assert sender.run_once() == 0
    assert withdrawn.state == State.WITHDRAWN
    assert not network.posted


def test_what_has_left_cannot_be_withdrawn(sender: Sender) -> None:
    reply = queue()
    sender.run_once()
    with pytest.raises(actions.TooLateError, match="out already"):
        actions.withdraw(reply, people.alice())


def test_only_the_writer_or_a_lead_withdraws() -> None:
    reply = queue()
    assert not actions.may_withdraw(reply, people.bob())
    for nobody in (people.bob(), people.ann(), people.charlie()):
        with pytest.raises(access.NotAllowedError):
            actions.withdraw(reply, nobody)
    assert actions.may_withdraw(reply, people.dan())
    actions.withdraw(reply, people.dan())


def test_the_oldest_leave_first_and_the_rest_when_there_is_room(
    sender: Sender, network: Network
) -> None:
    replies = [queue(f"Reply {number}") for number in range(5)]
    assert sender.run_once() == 3
    assert network.tries == ["Reply 0", "Reply 1", "Reply 2"]
    frees = clock.now() + timedelta(hours=1, seconds=2, microseconds=1)
    rest = forecast.rest(scene.account())
    assert (rest.waiting, rest.first_at, rest.last_at) == (2, frees, frees)
    assert forecast.leaves_at(later(replies[4])) == frees
    clock.turn(timedelta(minutes=30))
    assert sender.run_once() == 0
    clock.turn(timedelta(minutes=31))
    assert sender.run_once() == 2
    assert network.tries[3:] == ["Reply 3", "Reply 4"]


def test_a_reply_with_room_does_not_wait_for_those_without(sender: Sender) -> None:
    from rejoinder.budget import actions as budget

    account = scene.account()
    kept = budget.reserve(account, people.alice(), clock.now() + timedelta(minutes=10))
    assert kept is not None
    conversation = scene.wrote("Tina", "999 just beeps")
    reply = actions.queue_reply(
        conversation,
        scene.last(conversation),
        people.alice(),
        "Ring 112",
        account=account,
        reservation_id=kept.pk,
        due_at=clock.now(),
    )
    assert reply.state == State.RESERVED
    assert forecast.leaves_at(reply) == clock.now()
    assert sender.run_once() == 1
    assert Allowance.objects.get().spent == 1_000_000


def test_try_later_is_honoured_and_the_attempt_counts(sender: Sender, network: Network) -> None:
    reply = queue()
    network.says.append(TryLater(90, "We are busy"))
    sender.run_once()
    waits = later(reply)
    assert (waits.state, waits.words, waits.attempts) == (State.QUEUED, "We are busy", 1)
    clock.turn(timedelta(seconds=89))
    assert sender.run_once() == 0
    clock.turn(timedelta(seconds=1))
    assert sender.run_once() == 1
    assert later(reply).state == State.SENT
    assert Allowance.objects.get().spent == 2_000_000


def test_a_limit_cut_without_notice_costs_one_refusal(sender: Sender, network: Network) -> None:
    for number in range(3):
        queue(f"Reply {number}")
    network.says.append(scene.too_fast(600))
    assert sender.run_once() == 0
    assert len(network.tries) == 1
    clock.turn(timedelta(seconds=599))
    assert Sender(scene.opened).run_once() == 0
    clock.turn(timedelta(seconds=2))
    assert Sender(scene.opened).run_once() == 2


def test_a_refusal_shows_the_words_of_the_platform(sender: Sender, network: Network) -> None:
    reply = queue()
    network.says.append(Refused("Blocked by the author"))
    sender.run_once()
    assert (later(reply).state, reply.words) == (State.REFUSED, "Blocked by the author")


def test_a_post_deleted_meanwhile_is_not_answered(sender: Sender, network: Network) -> None:
    reply = queue()
    Mention.objects.update(deleted_at=clock.now())
    sender.run_once()
    assert later(reply).state == State.REFUSED
    assert "deleted" in reply.words
    assert not network.tries
    assert not Spend.objects.exists()


def test_uncertain_and_found_is_sent_once(sender: Sender, network: Network) -> None:
    reply = queue()
    network.keeps_uncertain = True
    network.says.append(Uncertain("No answer in 30 s"))
    sender.run_once()
    assert later(reply).state == State.UNCERTAIN
    assert reconcile(scene.opened) == 1
    assert later(reply).state == State.SENT
    assert sender.run_once() == 0
    assert len(network.tries) == 1


def test_uncertain_and_not_found_goes_again_with_its_key_after_a_while(
    sender: Sender, network: Network
) -> None:
    reply = queue()
    network.says.append(Uncertain("No answer in 30 s"))
    sender.run_once()
    assert reconcile(scene.opened) == 0
    assert later(reply).state == State.UNCERTAIN
    clock.turn(SETTLING)
    assert reconcile(scene.opened) == 1
    assert sender.run_once() == 1
    assert list(network.posted) == [reply.key]
    assert later(reply).state == State.SENT


def test_while_the_platform_cannot_be_read_nothing_is_tried(
    sender: Sender, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise TroubleError("The network is away", after=45)

    reply = queue()
    network.says.append(Uncertain("No answer"))
    sender.run_once()
    clock.turn(SETTLING)
    monkeypatch.setattr(network, "find_sent", away)
    assert reconcile(scene.opened) == 0
    assert (later(reply).state, reply.words) == (State.UNCERTAIN, "The network is away")
    assert reply.due_at == clock.now() + timedelta(seconds=45)
    assert sender.run_once() == 0


def test_where_nothing_can_be_read_back_a_person_decides(sender: Sender, network: Network) -> None:
    reply = queue(conversation=scene.wrote("Granny Smith", "Hello?", channel="letterbox"))
    network.says.append(Uncertain("No answer"))
    sender.run_once()
    clock.turn(timedelta(days=1))
    assert reconcile(scene.opened) == 0
    assert sender.run_once() == 0
    reply = later(reply)
    with pytest.raises(access.NotAllowedError):
        actions.settle(reply, people.bob(), arrived=True)
    assert actions.may_settle(reply, people.alice())
    actions.settle(reply, people.alice(), arrived=True)
    assert later(reply).state == State.SENT
    with pytest.raises(actions.TooLateError):
        actions.settle(reply, people.dan(), arrived=False)


def test_one_that_did_not_arrive_goes_again_when_a_person_says_so(
    sender: Sender, network: Network
) -> None:
    reply = queue(conversation=scene.wrote("Granny Smith", "Hello?", channel="letterbox"))
    network.says.append(Uncertain("No answer"))
    sender.run_once()
    actions.settle(later(reply), people.dan(), arrived=False)
    clock.turn(actions.undo_hold())
    assert sender.run_once() == 1
    assert list(network.posted) == [reply.key]


def test_a_sender_that_died_is_given_up_and_its_attempt_spent(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    reply = queue()
    monkeypatch.setattr(network, "send", die)
    with pytest.raises(KeyboardInterrupt):
        Sender(scene.opened).run_once()
    monkeypatch.undo()
    assert later(reply).state == State.SENDING
    assert reconcile(scene.opened) == 0
    clock.turn(LEASE + timedelta(seconds=1))
    assert reconcile(scene.opened) == 1
    assert (later(reply).state, Allowance.objects.get().spent) == (State.QUEUED, 1_000_000)
    assert Sender(scene.opened).run_once() == 1
    assert Allowance.objects.get().reserved == 0


def test_an_answer_after_it_was_given_up_still_counts_when_it_is_a_receipt(
    sender: Sender, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = queue()

    def slow(channel: scene.Notebook, *_: object) -> Receipt:
        clock.turn(LEASE + timedelta(seconds=1))
        reconcile(scene.opened)
        return Receipt("post-slow")

    monkeypatch.setattr(network, "send", slow)
    sender.run_once()
    assert (later(reply).state, reply.external_id) == (State.SENT, "post-slow")
    assert Allowance.objects.get().reserved == 0


def test_a_channel_that_raises_leaves_a_doubt_and_not_a_second_post(
    sender: Sender, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("unexpected answer")

    reply = queue()
    monkeypatch.setattr(network, "send", broken)
    sender.run_once()
    assert later(reply).state == State.UNCERTAIN
    assert "unexpected answer" in reply.words


def test_an_account_that_does_not_open_does_not_stop_the_others(network: Network) -> None:
    def opened(account: Account) -> Channel:
        if account.channel == "letterbox":
            raise TroubleError("The credentials cannot be read")
        return scene.opened(account)

    shut = queue(conversation=scene.wrote("Granny Smith", "Hello?", channel="letterbox"))
    queue()
    assert Sender(opened).run_once() == 1
    assert later(shut).state == State.QUEUED


def test_an_account_that_was_disconnected_sends_nothing(sender: Sender) -> None:
    queue()
    Account.objects.update(disconnected_at=clock.now())
    assert sender.run_once() == 0


def test_a_result_is_written_when_the_database_answers_again(
    sender: Sender, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trouble comes after the attempt was spent in the transaction that then fails."""
    troubles = iter([DatabaseError("deadlock"), DatabaseError("deadlock")])

    def follow(_: Reply) -> None:
        for trouble in troubles:
            raise trouble

    monkeypatch.setattr("rejoinder.outbox.send.AGAIN", (0.0, 0.0, 0.0))
    monkeypatch.setattr("rejoinder.outbox.settled.tell", follow)
    reply = queue()
    sender.run_once()
    assert later(reply).state == State.SENT
    assert len(network.tries) == 1
    allowance = Allowance.objects.get()
    assert (allowance.spent, allowance.reserved) == (1_000_000, 0)
