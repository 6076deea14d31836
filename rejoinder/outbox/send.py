"""The sender: takes what is due, oldest first, makes room, sends, writes down what came of it.

What leaves is marked as sending, and its room can only be spent, before the network hears of it.
Whoever dies in between leaves a row that `reconcile` looks up on the platform.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet

from rejoinder.budget import actions as budget
from rejoinder.budget.observe import observe, refused
from rejoinder.channels.contract import Channel, Refused, Sent, TryLater, Uncertain
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.outbox import stop as stops
from rejoinder.outbox.models import LEAVING, Leaving, Lock, State
from rejoinder.outbox.result import record
from rejoinder.outbox.steps import changed
from rejoinder.outbox.way import Way
from rejoinder.outbox.ways import WAYS, way_of
from rejoinder.plumbing import clock, fault

_LOG = logging.getLogger(__name__)

ROUND = 100  # of one kind and account before others have their turn
ACCOUNTS = 8  # accounts sent for at once
GLANCE = 0.25  # seconds between two looks at what is due
NO_ROOM = timedelta(seconds=1)  # a draft let go may free room at any moment
NOT_OPEN = timedelta(seconds=60)
AGAIN = (0.1, 1.0, 5.0)  # seconds between attempts to write a result down
IN_TROUBLE = 2.0  # seconds to wait when the database does not answer

Found = TypeVar("Found")


class _MovedOnError(Exception):
    """Somebody withdrew or stopped it, or another sender has it."""


class Sender:
    """One sending process. Several may run; each row is claimed by one conditional UPDATE."""

    def __init__(self, opened: Callable[[Account], Channel] = open_account) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid4().hex[:8]}"
        self._opened = opened
        self._channels: dict[int, tuple[datetime, bytes, Channel]] = {}
        self._pauses: dict[int, datetime] = {}

    def run(self, stop: threading.Event) -> None:
        """Send until stopped; accounts do not wait for each other."""
        _durable()
        busy: dict[int, Future[int | None]] = {}
        with ThreadPoolExecutor(ACCOUNTS, initializer=_durable) as pool:
            while not stop.wait(GLANCE):
                for account in self._guarded(self._due) or ():
                    if account.pk not in busy or busy[account.pk].done():
                        send = partial(self._round, account, stop)
                        busy[account.pk] = pool.submit(self._guarded, send)

    def run_once(self) -> int:
        """Send what is due now; how many attempts that were."""
        return sum(self._round(account, threading.Event()) for account in self._due())

    def _due(self) -> list[Account]:
        """Connected accounts with something to send, that are neither locked nor waiting."""
        now = clock.now()
        due = [_due(way).values("account_id").distinct() for way in WAYS]
        some = Q(*(Q(id__in=accounts) for accounts in due), _connector=Q.OR)
        locked = Lock.objects.filter(unlocked_at=None).values("account_id")
        accounts = Account.objects.filter(some, disconnected_at=None).exclude(id__in=locked)
        return [account for account in accounts if self._pauses.get(account.pk, now) <= now]

    def _guarded(self, step: Callable[[], Found]) -> Found | None:
        """The step's result; None when the database is away or full, and nothing was sent."""
        try:
            return step()
        except Exception:  # noqa: BLE001  # whatever it is, the sender goes on when it ends
            _LOG.exception("Sending stopped; trying again in %s s.", IN_TROUBLE)
            time.sleep(IN_TROUBLE)
            return None

    def _round(self, account: Account, stop: threading.Event) -> int:
        channel = self._channel(account)
        if channel is None:
            return 0
        done = 0
        for row in (row for way in WAYS for row in _oldest(way, account)):
            if stop.is_set() or not self._attempt(row, channel):
                break
            done += 1
        return done

    def _channel(self, account: Account) -> Channel | None:
        """The account opened, kept until it is connected anew or its credentials change."""
        state = (account.connected_at, bytes(account.sealed))
        known = self._channels.get(account.pk)
        if known and known[:2] == state:
            return known[2]
        try:
            channel = self._opened(account)
        except Exception as error:  # noqa: BLE001  # channels are other people's code
            _LOG.error("%s does not open: %s. Replies wait.", account.handle, error)
            self._pause(account, NOT_OPEN)
            return None
        self._channels[account.pk] = (*state, channel)
        return channel

    def _attempt(self, row: Leaving, channel: Channel) -> bool:
        """One of them; False when the account has to wait."""
        if words := way_of(row).gone(row):
            return self._drop(row, words)
        if budget.closed(row.account):
            return self._pause(row.account, NO_ROOM)
        try:
            if not self._claim(row):
                return self._pause(row.account, NO_ROOM)
        except _MovedOnError:
            return True
        fault.step("send.claimed")
        outcome = _call(channel, row)
        fault.step("send.answered")
        _write_down(row, outcome)
        fault.step("send.recorded")
        if isinstance(outcome, TryLater):
            return self._pause(row.account, timedelta(seconds=outcome.after))
        return True

    def _claim(self, row: Leaving) -> bool:
        """Room, and the mark that it is being sent, in one commit. False: no room now."""
        with transaction.atomic():
            stops.hold(row.account)
            if stops.stopped(row):
                raise _MovedOnError
            reservation = _room(row)
            if reservation is None:
                return False
            self._mark(row, reservation)
            fault.step("send.claiming")
        return True

    def _mark(self, row: Leaving, reservation: int | None) -> None:
        now = clock.now()
        way = way_of(row)
        same = _due(way).filter(id=row.pk, attempts=row.attempts)
        values = {
            "state": State.SENDING,
            "sender": self.name,
            "sending_at": now,
            "due_at": now,
            "attempts": row.attempts + 1,
            "reservation_id": reservation,
        }
        if not same.update(**values):
            raise _MovedOnError
        for name, value in values.items():
            setattr(row, name, value)
        changed(row)

    def _drop(self, row: Leaving, words: str) -> bool:
        """It must not leave any more: its writer decides."""
        with transaction.atomic():
            try:
                self._mark(row, row.reservation_id)
            except _MovedOnError:
                return True
            budget.release(row.reservation_id)
            record(row, Refused(words))
        return True

    def _pause(self, account: Account, length: timedelta) -> bool:
        self._pauses[account.pk] = clock.now() + length
        return False


def _room(row: Leaving) -> int | None:
    """What was kept for it, or room made now, for what the reply really takes; None: no room."""
    kind, about = way_of(row).kind(row), way_of(row).about(row)
    if budget.start(row.reservation_id, kind):
        return row.reservation_id
    kept = budget.reserve(row.account, row.advisor, None, kind=kind, about=about)
    return kept.pk if kept and budget.start(kept.pk, kind) else None


def _durable() -> None:
    """On SQLite a commit of the sender is on the disk before the platform hears of the row."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def _due(way: Way[Any]) -> "QuerySet[Any, Any]":
    due = way.ready(way.model.objects.filter(state__in=LEAVING, due_at__lte=clock.now()))
    return due.filter(planned=False) if stops.paused() else due


def _oldest(way: Way[Any], account: Account) -> list[Leaving]:
    due = _due(way).filter(account=account)
    return list(due.select_related(*way.related).order_by("due_at", "id")[:ROUND])


def _call(channel: Channel, row: Leaving) -> Sent:
    try:
        return way_of(row).give(channel, row)
    except Exception as error:  # noqa: BLE001  # channels are other people's code
        # It should not raise; when it does, nobody knows whether it is out.
        _LOG.exception("Sending %r raised an error.", row)
        return Uncertain(f"{type(error).__name__}: {error}"[:500])


def _write_down(row: Leaving, outcome: Sent) -> None:
    """What the platform said is known only here: a database in trouble is asked again."""
    for wait in AGAIN:
        try:
            _record(row, outcome)
        except DatabaseError:
            _LOG.exception("%r: the result is not written yet; trying again.", row)
            time.sleep(wait)
            row.refresh_from_db()
        else:
            return
    _record(row, outcome)


def _record(row: Leaving, outcome: Sent) -> None:
    with transaction.atomic():
        way_of(row).hold(row)
        record(row, outcome)
        observe(row.account, outcome.observed)
        if isinstance(outcome, TryLater) and outcome.limited:
            refused(row.account, outcome.after, outcome.words, outcome.observed)
        fault.step("send.recording")
