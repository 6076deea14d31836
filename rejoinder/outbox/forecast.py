"""When the replies that wait for room will leave."""

from dataclasses import dataclass
from datetime import datetime

from rejoinder.budget import forecast as room
from rejoinder.channels.models import Account
from rejoinder.outbox.models import LEAVING, Reply, State
from rejoinder.plumbing import clock


@dataclass(frozen=True, slots=True)
class Rest:
    """Of one account: how many replies have no room yet, when the first and the last may leave."""

    account: Account
    waiting: int
    first_at: datetime | None
    last_at: datetime | None


def rest(account: Account) -> Rest:
    """`waiting` counts replies without room; the moments are None when none may ever leave."""
    waiting = Reply.objects.filter(account=account, state=State.QUEUED).count()
    if not waiting:
        return Rest(account, 0, None, None)
    return Rest(account, waiting, room.when(account, 1), room.when(account, waiting))


def leaves_at(reply: Reply) -> datetime | None:
    """When this one leaves, if those before it leave as soon as they may; None: not known."""
    if reply.state == State.RESERVED:
        return max(reply.due_at, clock.now())
    if reply.state not in LEAVING:
        return None
    before = Reply.objects.filter(
        account=reply.account, state=State.QUEUED, due_at__lte=reply.due_at
    ).exclude(due_at=reply.due_at, id__gte=reply.pk)
    at = room.when(reply.account, before.count() + 1)
    return None if at is None else max(at, reply.due_at)
