"""Changing when what is planned leaves, and how long every reply waits for second thoughts."""

from datetime import datetime

from django.db import transaction

from rejoinder.outbox.actions import TooLateError, may_withdraw, too_late
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.steps import move
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Organisation

LONGEST_HOLD = 30  # seconds


def may_replan(reply: Reply, actor: Advisor) -> bool:
    """Whoever may take it back, while it has a time of its own and room is not yet reserved."""
    return reply.planned and reply.state == State.QUEUED and may_withdraw(reply, actor)


def replan(reply: Reply, actor: Advisor, due_at: datetime) -> Reply:
    """Let it leave then. Raises TooLateError once it is on its way."""
    if reply.advisor_id != actor.pk:
        access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        if not move(reply, [State.QUEUED], State.QUEUED, {"planned": True}, due_at=due_at):
            raise TooLateError(too_late(reply))
        audit.line(
            actor, "changed the time of a reply to", reply.conversation.public_id, reply=reply.id
        )
    return reply


def set_hold(actor: Advisor, seconds: int) -> int:
    """How long each reply waits before it leaves, 0 to 30 s; what is set."""
    access.require(actor, access.STEER)
    hold = min(LONGEST_HOLD, max(0, seconds))
    with transaction.atomic():
        Organisation.objects.update(undo_seconds=hold)
        audit.line(actor, "set the seconds for undo", str(hold))
    return hold
