"""Whether a conversation is the actor's to answer, and the account that answers in it."""

from rejoinder.channels.models import Account
from rejoinder.desk import refusals
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor


def may_draft(conversation: Conversation, actor: Advisor) -> bool:
    """Only the one who has it; whether a colleague sends it is another matter."""
    return access.may(actor, access.DRAFT) and conversation.holder_id == actor.pk


def may_answer(conversation: Conversation, actor: Advisor) -> bool:
    """Only the one who has it."""
    return access.may(actor, access.ANSWER) and conversation.holder_id == actor.pk


def require(conversation: Conversation, actor: Advisor, right: str = access.ANSWER) -> None:
    """Locks the row. Raises NotYoursError unless the actor has it."""
    access.require(actor, right)
    row = Conversation.objects.select_for_update(of=("self",)).select_related("holder")
    now = row.get(id=conversation.pk)
    if now.holder_id != actor.pk:
        raise refusals.NotYoursError(str(now.holder) if now.holder else None)


def account(conversation: Conversation) -> Account:
    """Raises CannotError when it is connected no more."""
    found = conversation.account
    if found is None or found.disconnected_at is not None:
        raise refusals.not_connected()
    return found
