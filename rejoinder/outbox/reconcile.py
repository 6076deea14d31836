"""What nobody is sure of: looked up on the platform before anything is tried again."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction

from rejoinder.budget import actions as budget
from rejoinder.channels import registry
from rejoinder.channels.contract import Channel, Receipt, TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.outbox.models import Leaving, State
from rejoinder.outbox.newest import keep_newest
from rejoinder.outbox.result import arrived
from rejoinder.outbox.steps import move
from rejoinder.outbox.way import Way
from rejoinder.outbox.ways import WAYS, way_of
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
    for way in WAYS:
        _give_up_the_dead(way)
    return sum(_look(row, opened) for way in WAYS for row in _due(way))


def _due(way: Way[Any]) -> list[Leaving]:
    due = way.model.objects.filter(state=State.UNCERTAIN, due_at__lte=clock.now())
    return list(due.select_related(*way.related).order_by("due_at", "id")[:AT_ONCE])


def _give_up_the_dead(way: Way[Any]) -> None:
    """A sender that is gone left these: nobody knows whether they are out. The attempt is spent."""
    gone = way.model.objects.filter(state=State.SENDING, sending_at__lt=clock.now() - LEASE)
    for row in gone.select_related(*way.related):
        with transaction.atomic():
            seen = {"sender": row.sender, "attempts": row.attempts}
            kept = row.reservation_id
            words = "The sender ended before an answer came."
            doubt = {"words": words, "due_at": clock.now(), "reservation_id": None}
            if move(row, [State.SENDING], State.UNCERTAIN, seen, **doubt):
                budget.spend(kept)
        fault.step("reconcile.doubted")


def _look(row: Leaving, opened: Callable[[Account], Channel]) -> bool:
    """Whether it is settled now. Where nothing can be read back, only a person decides."""
    if not registry.channel(row.account.channel).can.reads_back:
        return False
    try:
        receipt = way_of(row).find(opened(row.account), row)
    except TroubleError as trouble:
        _later(row, timedelta(seconds=trouble.after), trouble.words)
        return False
    except Exception:  # noqa: BLE001  # channels are other people's code
        _LOG.exception("Looking up %r raised an error; trying again later.", row)
        _later(row, SETTLING, row.words)
        return False
    fault.step("reconcile.looked")
    return _decide(row, receipt)


def _decide(row: Leaving, receipt: Receipt | None) -> bool:
    if receipt is not None:
        with transaction.atomic():
            arrived(row, receipt)
        fault.step("reconcile.found")
        return True
    age = clock.now() - (row.sending_at or row.written_at)
    if way_of(row).in_hand(row):
        _later(row, max(LOOK_AGAIN, age / 10), row.words)  # a person takes their time
        return False
    if age < SETTLING:
        _later(row, LOOK_AGAIN, row.words)
        return False
    with transaction.atomic():
        way_of(row).hold(row)
        # The same key: should it turn up all the same, the platform takes it once.
        again = move(row, [State.UNCERTAIN], State.QUEUED, due_at=clock.now())
        keep_newest(row)
    fault.step("reconcile.requeued")
    return again


def _later(row: Leaving, wait: timedelta, words: str) -> None:
    same = way_of(row).model.objects.filter(id=row.pk, state=State.UNCERTAIN, attempts=row.attempts)
    same.update(due_at=clock.now() + wait, words=words)
