"""Queueing a reply, taking it back, deciding about one nobody can look up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.budget import actions as budget
from rejoinder.channels import registry
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import settled
from rejoinder.outbox.models import LEAVING, UNSETTLED, Reply, State
from rejoinder.outbox.reply import by_hand_page
from rejoinder.outbox.steps import changed, move
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Organisation

UNDO = timedelta(seconds=8)
# The room of a reply that was taken back stays with its writer as long as a draft's.
KEPT_FOR_DRAFT = timedelta(minutes=10)


class TooLateError(Exception):
    """The reply has moved on. The message says where it is."""


def undo_hold() -> timedelta:
    """How long a reply waits for second thoughts, as the organisation chose."""
    seconds = Organisation.objects.values_list("undo_seconds", flat=True).first()
    return UNDO if seconds is None else timedelta(seconds=seconds)


def queue_reply(
    conversation: Conversation,
    mention: Mention,
    advisor: Advisor,
    text: str,
    *,
    account: Account,
    reservation_id: int | None = None,
    due_at: datetime,
    planned: bool = False,
    private: bool = False,
    machine_at: datetime | None = None,
) -> Reply:
    """Write the reply down with its key; the sender takes it from `due_at` on.

    Its reservation, when it still stands, is kept until the attempt; else Send reserves again.
    One that is `planned`, of a batch or with a time of its own, waits in a pause (`pause.py`).
    What was private is answered privately, whoever asks, and the rest where `private` says so.
    """
    now = clock.now()
    channel = registry.channel(account.channel)
    with transaction.atomic():
        kept = budget.renew(reservation_id, until=None)
        reply = Reply.objects.create(
            account=account,
            conversation=conversation,
            mention=mention,
            advisor=advisor,
            text=text,
            planned=planned,
            machine_at=machine_at,
            private=channel.can.private and (private or not mention.public),
            state=State.RESERVED if kept else State.QUEUED,
            reservation_id=reservation_id if kept else None,
            written_at=now,
            due_at=due_at,
        )
        # The number of the row makes keys of one moment differ.
        reply.key = channel.new_key(now, reply.id)
        reply.by_hand = bool(by_hand_page(reply))
        if reply.by_hand:
            reply.due_at = now  # who sends it by hand has time for second thoughts there
        reply.save(update_fields=["key", "by_hand", "due_at"])
        changed(reply)
        audit.line(advisor, "queued a reply to", conversation.public_id, reply=reply.id)
    return reply


def may_withdraw(reply: Reply, actor: Advisor) -> bool:
    """The writer, or whoever steers, while it has not left."""
    own = access.may(actor, access.ANSWER) and reply.advisor_id == actor.pk
    return reply.state in LEAVING and (own or access.may(actor, access.STEER))


def withdraw(reply: Reply, actor: Advisor) -> Reply:
    """Take it back before it leaves. Raises TooLateError once the sender has it.

    The room stays reserved for the writer, who has the text in the draft again.
    """
    if reply.advisor_id != actor.pk:
        access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        if not move(reply, LEAVING, State.WITHDRAWN):
            raise TooLateError(too_late(reply))
        budget.renew(reply.reservation_id, until=clock.now() + KEPT_FOR_DRAFT)
        settled.tell(reply)
        audit.line(actor, "withdrew a reply to", reply.conversation.public_id, reply=reply.id)
    return reply


def may_settle(reply: Reply, actor: Advisor) -> bool:
    """The writer, or whoever steers, while nobody knows whether it is out."""
    own = access.may(actor, access.ANSWER) and reply.advisor_id == actor.pk
    return reply.state == State.UNCERTAIN and (own or access.may(actor, access.STEER))


def settle(reply: Reply, actor: Advisor, *, arrived: bool) -> Reply:
    """Somebody looked: it arrived, or it did not and goes again with the same key.

    One sent by hand does not go again: its words are in the draft.
    """
    if reply.advisor_id != actor.pk:
        access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        now = clock.now()
        if arrived:
            moved = move(reply, [State.UNCERTAIN], State.SENT, sent_at=reply.sending_at, words="")
        elif reply.by_hand:
            moved = move(reply, [State.UNCERTAIN], State.WITHDRAWN)
        else:
            moved = move(reply, [State.UNCERTAIN], State.QUEUED, due_at=now + undo_hold())
        if not moved:
            raise TooLateError(too_late(reply))
        if arrived or reply.by_hand:
            settled.tell(reply)
        audit.line(
            actor, "settled a reply to", reply.conversation.public_id, id=reply.id, arrived=arrived
        )
    return reply


def too_late(reply: Reply) -> str:
    """Why it cannot be changed any more."""
    if reply.state in UNSETTLED:
        return _("This reply is on its way already and cannot be changed any more.")
    if reply.state == State.SENT:
        return _("This reply is out already. Write another one to correct it.")
    return _("Somebody changed this reply a moment ago. Look at the conversation again.")
