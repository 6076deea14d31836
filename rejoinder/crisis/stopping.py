"""The brakes, pulled from the crisis room: every open crisis writes down who pulled which."""

from typing import Any

from django.db import transaction

from rejoinder.channels.models import Account
from rejoinder.crisis.declaring import open_ones
from rejoinder.crisis.models import Did, Kind
from rejoinder.crisis.timeline.writing import write
from rejoinder.outbox import lock as locks
from rejoinder.outbox import pause as pauses
from rejoinder.outbox.models import Stranger
from rejoinder.outbox.pause import Held
from rejoinder.team import access
from rejoinder.team.models import Advisor


def may_pause(actor: Advisor) -> bool:
    """Whoever answers may pull this one; letting go of it is a lead's."""
    return access.may(actor, access.ANSWER)


def may_stop(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def pause(actor: Advisor, why: str) -> Held:
    """Hold planned posts on every channel; pausing twice is written down once."""
    with transaction.atomic():
        before = pauses.paused()
        held = pauses.pause(actor, why)
        if before is None:
            _write(actor, Did.PAUSED, held=held.count, leaving=len(held.leaving))
    return held


def resume(actor: Advisor, held: int) -> None:
    """Planned posts go on. Raises LookAgainError when another number waits than was agreed to."""
    with transaction.atomic():
        before = pauses.paused()
        pauses.resume(actor, held)
        if before is not None:
            _write(actor, Did.RESUMED, held=held)


def lock(account: Account, actor: Advisor, why: str) -> None:
    """Nothing leaves on this account; locking twice is written down once."""
    with transaction.atomic():
        before = locks.locked(account)
        locks.lock(account, actor, why)
        if before is None:
            _write(actor, Did.LOCKED, words=why, account=account.handle, channel=account.channel)


def unlock(account: Account, actor: Advisor) -> None:
    """What waits on it leaves again."""
    with transaction.atomic():
        if locks.unlock(account, actor):
            _write(actor, Did.UNLOCKED, account=account.handle, channel=account.channel)


def after(stranger: Stranger) -> None:
    """A post was heard on a locked account that this desk did not make."""
    account = stranger.lock.account
    _write(None, Did.STRANGER, account=account.handle, channel=account.channel)


def _write(actor: Advisor | None, did: Did, *, words: str = "", **detail: Any) -> None:
    kind = Kind.KNOWN if did is Did.STRANGER else Kind.DONE
    for crisis in open_ones():
        write(crisis, kind, actor, did=did, words=words, **detail)
