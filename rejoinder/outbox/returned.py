"""A reply that had left and came back: written on it, and its conversation waits again."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Coalesce

from rejoinder.channels.contract import Returned
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.steps import changed
from rejoinder.plumbing import clock
from rejoinder.team import audit


def came_back(account: Account, returned: Sequence[Returned]) -> None:
    """What names no reply of ours is nobody's: anybody can send a bounce."""
    for one in returned:
        rows = Reply.objects.filter(account=account, external_id=one.external_id, state=State.SENT)
        for reply in rows.exclude(words=one.words).select_related("conversation", "account"):
            _write_down(reply, one.words)


def _write_down(reply: Reply, words: str) -> None:
    with transaction.atomic():
        Conversation.objects.select_for_update().filter(pk=reply.conversation_id).first()
        Reply.objects.filter(pk=reply.pk).update(words=words)
        Conversation.objects.filter(pk=reply.conversation_id).update(
            waiting_since=Coalesce("waiting_since", clock.now()), reopened=True
        )
        changed(reply)
        audit.line(None, "had a reply come back", reply.conversation.public_id, reply=reply.pk)
