"""Locking an account that may be in other hands: it sends nothing until somebody unlocks it.

A post heard on it that this desk did not make is an alarm. Giving its credentials up is the next
step, and disconnects it.
"""

from collections.abc import Callable

from django.db import transaction

from rejoinder.channels import actions as channels
from rejoinder.channels.models import Account
from rejoinder.listening.models import Mention
from rejoinder.outbox import stop
from rejoinder.outbox.models import Lock, Stranger
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

__all__ = ["alarm", "alarms", "follow", "lock", "locked", "revoke", "seen", "unlock"]

locked = stop.locked
_follows: list[Callable[[Stranger], None]] = []


def lock(account: Account, actor: Advisor, why: str) -> Lock:
    """Nothing leaves on this account from now on; locking twice keeps the first.

    What was being sent at that moment may still come out. Raises access.NotAllowedError.
    """
    access.require(actor, access.STEER)
    with transaction.atomic():
        stop.hold(account)
        found = stop.locked(account)
        if found is None:
            found = Lock.objects.create(account=account, at=clock.now(), advisor=actor, why=why)
            _changed(account)
            audit.line(actor, "locked", account.handle)
        return found


def unlock(account: Account, actor: Advisor) -> bool:
    """What waits leaves again; whether it was locked. Raises access.NotAllowedError."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        stop.hold(account)
        rows = Lock.objects.filter(account=account, unlocked_at=None)
        ended = bool(rows.update(unlocked_at=clock.now(), unlocked_by=actor))
        if ended:
            _changed(account)
            audit.line(actor, "unlocked", account.handle)
        return ended


def revoke(account: Account, actor: Advisor) -> bool:
    """Destroy the desk's credentials of an account; it is heard and answered no more.

    The lock stays, for the day it is connected again. Raises access.NotAllowedError.
    """
    access.require(actor, access.CONNECT)
    return channels.disconnect(
        account, witness=lambda row: audit.line(actor, "revoked", row.handle)
    )


def follow(what: Callable[[Stranger], None]) -> None:
    """Call this for every alarm, in the transaction that raises it."""
    if what not in _follows:
        _follows.append(what)


def alarm(post: Mention) -> Stranger | None:
    """A post this desk did not make: an alarm when it was heard on an account while locked."""
    found = Lock.objects.filter(account=post.account_id, unlocked_at=None).first()
    if found is None or post.heard_at < found.at:
        return None
    stranger, made = Stranger.objects.get_or_create(
        mention=post, defaults={"lock": found, "at": clock.now()}
    )
    if made:
        _changed(found.account)
        audit.line(None, "heard a stranger on", found.account.handle, mention=post.pk)
        for what in _follows:
            what(stranger)
    return stranger


def alarms() -> list[Stranger]:
    """Those nobody has seen yet, newest first."""
    rows = Stranger.objects.filter(seen_at=None).select_related("lock__account", "mention")
    return list(rows.order_by("-id"))


def seen(stranger: Stranger, actor: Advisor) -> None:
    """Somebody looks after it. Raises access.NotAllowedError."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        rows = Stranger.objects.filter(pk=stranger.pk, seen_at=None)
        if rows.update(seen_at=clock.now(), seen_by=actor):
            _changed(stranger.lock.account)
            audit.line(actor, "saw the stranger on", stranger.lock.account.handle)
    stranger.refresh_from_db()


def _changed(account: Account) -> None:
    live.changed(live.STOPPED, live.account(account.public_id))
