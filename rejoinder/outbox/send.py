"""The sender: takes what is due, oldest first, makes room, sends, writes down what came of it.

A reply is marked as sending, and its room can only be spent, before the network hears of it.
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
from typing import TypeVar
from uuid import uuid4

from django.db import DatabaseError, connection, transaction

from rejoinder.budget import actions as budget
from rejoinder.budget.observe import observe, refused
from rejoinder.channels import registry
from rejoinder.channels.contract import Channel, Outgoing, Refused, Sent, TryLater, Uncertain
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.actions import changed
from rejoinder.outbox.models import LEAVING, Reply, State
from rejoinder.outbox.result import record
from rejoinder.plumbing import clock, fault

_LOG = logging.getLogger(__name__)

ROUND = 100  # replies of one account before others have their turn
ACCOUNTS = 8  # accounts sent for at once
GLANCE = 0.25  # seconds between two looks at what is due
NO_ROOM = timedelta(seconds=1)  # a draft let go may free room at any moment
NOT_OPEN = timedelta(seconds=60)
AGAIN = (0.1, 1.0, 5.0)  # seconds between attempts to write a result down
IN_TROUBLE = 2.0  # seconds to wait when the database does not answer

Found = TypeVar("Found")


class _MovedOnError(Exception):
    """Somebody withdrew the reply, or another sender has it."""


class Sender:
    """One sending process. Several may run; each reply is claimed by one conditional UPDATE."""

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
        """Connected accounts with something to send, that are not paused."""
        now = clock.now()
        due = Reply.objects.filter(state__in=LEAVING, due_at__lte=now).values("account_id")
        accounts = Account.objects.filter(id__in=due.distinct(), disconnected_at=None)
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
        for reply in _oldest(account):
            if stop.is_set() or not self._attempt(reply, channel):
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

    def _attempt(self, reply: Reply, channel: Channel) -> bool:
        """One reply; False when the account has to wait."""
        if reply.mention.deleted_at:
            return self._drop(reply)
        if budget.closed(reply.account):
            return self._pause(reply.account, NO_ROOM)
        try:
            if not self._claim(reply):
                return self._pause(reply.account, NO_ROOM)
        except _MovedOnError:
            return True
        fault.step("send.claimed")
        outcome = _call(channel, reply)
        fault.step("send.answered")
        _write_down(reply, outcome)
        fault.step("send.recorded")
        if isinstance(outcome, TryLater):
            return self._pause(reply.account, timedelta(seconds=outcome.after))
        return True

    def _claim(self, reply: Reply) -> bool:
        """Room, and the mark that it is being sent, in one commit. False: no room now."""
        with transaction.atomic():
            reservation = _room(reply)
            if reservation is None:
                return False
            self._mark(reply, reservation)
            fault.step("send.claiming")
        return True

    def _mark(self, reply: Reply, reservation: int | None) -> None:
        now = clock.now()
        seen = Reply.objects.filter(
            id=reply.pk, state__in=LEAVING, attempts=reply.attempts, due_at__lte=now
        )
        values = {
            "state": State.SENDING,
            "sender": self.name,
            "sending_at": now,
            "due_at": now,
            "attempts": reply.attempts + 1,
            "reservation_id": reservation,
        }
        if not seen.update(**values):
            raise _MovedOnError
        for name, value in values.items():
            setattr(reply, name, value)
        changed(reply)

    def _drop(self, reply: Reply) -> bool:
        """Its post was deleted meanwhile: the writer decides what to do with the words."""
        words = "The post was deleted by its author before this left."
        with transaction.atomic():
            try:
                self._mark(reply, reply.reservation_id)
            except _MovedOnError:
                return True
            budget.release(reply.reservation_id)
            record(reply, Refused(words))
        return True

    def _pause(self, account: Account, length: timedelta) -> bool:
        self._pauses[account.pk] = clock.now() + length
        return False


def _room(reply: Reply) -> int | None:
    """What was kept for it, or room made now, for what the reply really takes; None: no room."""
    kind = registry.channel(reply.account.channel).kind_of(reply.text)
    if budget.start(reply.reservation_id, kind):
        return reply.reservation_id
    about = str(reply.conversation.public_id)
    kept = budget.reserve(reply.account, reply.advisor, None, kind=kind, about=about)
    return kept.pk if kept and budget.start(kept.pk, kind) else None


def _durable() -> None:
    """On SQLite a commit of the sender is on the disk before the platform hears of the reply."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def _oldest(account: Account) -> list[Reply]:
    due = Reply.objects.filter(account=account, state__in=LEAVING, due_at__lte=clock.now())
    rows = due.select_related("account", "advisor", "conversation", "mention__person")
    return list(rows.order_by("due_at", "id")[:ROUND])


def outgoing(reply: Reply) -> Outgoing:
    """The reply as its channel sees it."""
    mention = reply.mention
    root_ref = mention.ref
    if mention.thread != mention.external_id:
        root = Mention.objects.filter(channel=mention.channel, external_id=mention.thread)
        root_ref = root.values_list("ref", flat=True).first() or {}
    return Outgoing(
        text=reply.text,
        to=mention.external_id,
        root=mention.thread,
        to_handle=mention.person.handle,
        ref=mention.ref,
        root_ref=root_ref,
        language=mention.language,
        created_at=reply.written_at,
    )


def _call(channel: Channel, reply: Reply) -> Sent:
    try:
        return channel.send(outgoing(reply), reply.key)
    except Exception as error:  # noqa: BLE001  # channels are other people's code
        # It should not raise; when it does, nobody knows whether the reply is out.
        _LOG.exception("Sending reply %s raised an error.", reply.pk)
        return Uncertain(f"{type(error).__name__}: {error}"[:500])


def _write_down(reply: Reply, outcome: Sent) -> None:
    """What the platform said is known only here: a database in trouble is asked again."""
    for wait in AGAIN:
        try:
            _record(reply, outcome)
        except DatabaseError:
            _LOG.exception("Reply %s: the result is not written yet; trying again.", reply.pk)
            time.sleep(wait)
            reply.refresh_from_db()
        else:
            return
    _record(reply, outcome)


def _record(reply: Reply, outcome: Sent) -> None:
    with transaction.atomic():
        # The conversation before the allowance, as the desk's own actions do: no two then wait
        # for each other.
        Conversation.objects.select_for_update().filter(id=reply.conversation_id).first()
        record(reply, outcome)
        observe(reply.account, outcome.observed)
        if isinstance(outcome, TryLater) and outcome.limited:
            refused(reply.account, outcome.after, outcome.words, outcome.observed)
        fault.step("send.recording")
