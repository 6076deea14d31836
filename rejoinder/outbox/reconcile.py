"""Replies nobody is sure of: looked up on the platform before anything is tried again."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from rejoinder.budget import actions as budget
from rejoinder.channels import registry
from rejoinder.channels.contract import Channel, Receipt, TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.outbox.actions import move
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.result import arrived
from rejoinder.outbox.send import outgoing
from rejoinder.plumbing import clock, fault

_LOG = logging.getLogger(__name__)

# Longer than any send takes with all its calls, so that only the dead are given up.
LEASE = timedelta(seconds=180)
# A platform may need so long to show what it took.
SETTLING = timedelta(seconds=60)
LOOK_AGAIN = timedelta(seconds=5)
AT_ONCE = 50


def reconcile(opened: Callable[[Account], Channel] = open_account) -> int:
    """One look at all that are due; how many were settled one way or the other."""
    _give_up_the_dead()
    due = Reply.objects.filter(state=State.UNCERTAIN, due_at__lte=clock.now())
    rows = due.select_related("account", "advisor", "conversation", "mention__person")
    return sum(_look(reply, opened) for reply in rows.order_by("due_at", "id")[:AT_ONCE])


def _give_up_the_dead() -> None:
    """A sender that is gone left these: nobody knows whether they are out. The attempt is spent."""
    gone = Reply.objects.filter(state=State.SENDING, sending_at__lt=clock.now() - LEASE)
    for reply in gone.select_related("account", "conversation"):
        with transaction.atomic():
            seen = {"sender": reply.sender, "attempts": reply.attempts}
            kept = reply.reservation_id
            words = "The sender ended before an answer came."
            doubt = {"words": words, "due_at": clock.now(), "reservation_id": None}
            if move(reply, [State.SENDING], State.UNCERTAIN, seen, **doubt):
                budget.spend(kept)
        fault.step("reconcile.doubted")


def _look(reply: Reply, opened: Callable[[Account], Channel]) -> bool:
    """Whether it is settled now. Where nothing can be read back, only a person decides."""
    if not registry.channel(reply.account.channel).can.reads_back:
        return False
    try:
        receipt = opened(reply.account).find_sent(outgoing(reply), reply.key)
    except TroubleError as trouble:
        _later(reply, timedelta(seconds=trouble.after), trouble.words)
        return False
    except Exception:  # noqa: BLE001  # channels are other people's code
        _LOG.exception("Looking up reply %s raised an error; trying again later.", reply.pk)
        _later(reply, SETTLING, reply.words)
        return False
    fault.step("reconcile.looked")
    return _decide(reply, receipt)


def _decide(reply: Reply, receipt: Receipt | None) -> bool:
    if receipt is not None:
        with transaction.atomic():
            arrived(reply, receipt)
        fault.step("reconcile.found")
        return True
    if clock.now() - (reply.sending_at or reply.written_at) < SETTLING:
        _later(reply, LOOK_AGAIN, reply.words)
        return False
    with transaction.atomic():
        # The same key: should it turn up all the same, the platform takes it once.
        again = move(reply, [State.UNCERTAIN], State.QUEUED, due_at=clock.now())
    fault.step("reconcile.requeued")
    return again


def _later(reply: Reply, wait: timedelta, words: str) -> None:
    same = Reply.objects.filter(id=reply.pk, state=State.UNCERTAIN, attempts=reply.attempts)
    same.update(due_at=clock.now() + wait, words=words)
