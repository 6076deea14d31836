"""Hearing: each connected account is asked what is new; what it says is durable, then acknowledged.

The order makes it safe to end anywhere: frames on the log first, then the account's cursor. Ended
between the two, the same posts are heard again, and `(channel, external id)` keeps them once.
"""

import logging
from collections.abc import Callable
from functools import partial
from threading import Event, Thread

from django.db import DatabaseError, connection, transaction

from rejoinder.channels.contract import Channel, Heard, TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.listening.hear import kept, returned, told
from rejoinder.listening.hear.frames import pack
from rejoinder.plumbing import clock, fault, live
from rejoinder.plumbing.log import Log, LogError

Open = Callable[[Account], Channel]

LOOK = 2.0  # seconds between two looks for accounts that were connected or disconnected
PATIENCE = 15.0  # seconds that a listening under way has to end by itself
_AGAIN = 5.0  # seconds until the desk's own trouble (log, database) is tried again
_BUG = 60.0  # seconds until a channel that failed in a way it should not is tried again

_log = logging.getLogger(__name__)


def run(stop: Event, log: Log, opened: Open = open_account) -> None:
    """Listen to every connected account until told to stop: each in a thread of its own."""
    ears: dict[int, _Ear] = {}
    try:
        while not stop.is_set():
            _look(ears, log, opened)
            stop.wait(LOOK)
    finally:
        for ear in ears.values():
            ear.stop.set()
        for ear in ears.values():
            ear.join(PATIENCE)


def run_once(log: Log, opened: Open = open_account) -> dict[int, float]:
    """Listen to each connected account once, in turn; seconds until each may be asked again."""
    return {account: listen(account, log, opened) for account in _connected()}


def listen(number: int, log: Log, opened: Open = open_account) -> float:
    """Ask one account what is new; seconds until it may be asked again. Raises DatabaseError."""
    account = Account.objects.get(pk=number)
    try:
        channel = opened(account)
        channel.library = partial(kept.piece, account)
        heard = channel.listen(account.cursor)
        fault.step("listen.heard")
        if heard.posts:
            log.append(pack(account.channel, account.pk, clock.now(), heard.posts))
    except TroubleError as trouble:
        return _trouble(account, trouble.words, trouble.after)
    except LogError as error:
        return _trouble(account, str(error), _AGAIN)
    except Exception as error:  # noqa: BLE001 - a channel may be anybody's; others must be heard
        _log.exception("%s %s failed.", account.channel, account.handle)
        return _trouble(account, f"Listening failed: {error!r}.", _BUG)
    fault.step("listen.appended")
    returned.tell(account, heard.returned)
    _acknowledge(account, heard)
    fault.step("listen.acknowledged")
    told.tell(account, heard.observed)
    return 0.0 if heard.more else channel.poll


class _Ear(Thread):
    """Listens to one account until it is disconnected or the process is told to stop."""

    def __init__(self, account: int, log: Log, opened: Open) -> None:
        super().__init__(name=f"account {account}", daemon=True)
        self.account, self.log, self.opened = account, log, _Kept(opened)
        self.stop = Event()

    def run(self) -> None:
        try:
            while not self.stop.wait(self._listen()):
                pass
        finally:
            self.opened.close()
            connection.close()

    def _listen(self) -> float:
        try:
            return listen(self.account, self.log, self.opened)
        except (DatabaseError, Account.DoesNotExist) as error:
            # The posts are on the log; without the cursor they are heard again, and kept once.
            _log.warning("What account %s said is asked again: %s", self.account, error)
            return _AGAIN


class _Kept:
    """The account's channel, kept open while its credentials and settings stay what they are."""

    def __init__(self, opened: Open) -> None:
        self._opened = opened
        self._known: tuple[object, Channel] | None = None

    def __call__(self, account: Account) -> Channel:
        state = (account.connected_at, bytes(account.sealed), account.settings)
        if self._known is None or self._known[0] != state:
            self.close()
            self._known = (state, self._opened(account))
        return self._known[1]

    def close(self) -> None:
        """Let go of what the channel holds."""
        if self._known is not None:
            self._known[1].close()
        self._known = None


def _look(ears: dict[int, _Ear], log: Log, opened: Open) -> None:
    try:
        connected = _connected()
    except DatabaseError as error:
        _log.warning("The database does not say which accounts there are: %s", error)
        return
    for gone in [number for number in ears if number not in connected]:
        ears.pop(gone).stop.set()
    for number in connected:
        if number not in ears or not ears[number].is_alive():
            ears[number] = _Ear(number, log, opened)
            ears[number].start()


def _connected() -> list[int]:
    rows = Account.objects.filter(disconnected_at=None).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _acknowledge(account: Account, heard: Heard) -> None:
    """Go on from here next time; the trouble, if there was any, is over."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(
            cursor=heard.cursor, heard_at=clock.now(), trouble="", trouble_at=None
        )
        if account.trouble:
            live.changed(live.account(account.public_id))
    if account.trouble:
        _log.info("%s %s is heard again.", account.channel, account.handle)


def _trouble(account: Account, words: str, after: float) -> float:
    """Show it on the account and say it once, however often it happens."""
    if account.trouble == words:
        return after
    _log.warning("%s %s is not heard: %s", account.channel, account.handle, words)
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(
            trouble=words, trouble_at=account.trouble_at or clock.now()
        )
        live.changed(live.account(account.public_id))
    return after
