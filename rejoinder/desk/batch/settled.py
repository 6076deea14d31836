"""What follows for a batch when one of its replies was sent, refused or taken back."""

from rejoinder.answers.models import Told
from rejoinder.desk.models import BatchItem
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock

_LEFT_OUT = {State.REFUSED: "refused", State.WITHDRAWN: "withdrawn"}


def after(reply: Reply) -> None:
    """Runs in the transaction that moved the reply."""
    item = BatchItem.objects.filter(reply=reply).first() if reply.planned else None
    if item is None:
        return
    rows = BatchItem.objects.filter(pk=item.pk)
    if reply.state == State.SENT:
        rows.update(state=BatchItem.State.SENT)
        _tell(item, reply)
    elif reply.state in _LEFT_OUT:
        rows.update(state=BatchItem.State.LEFT_OUT, why=_LEFT_OUT[State(reply.state)])


def _tell(item: BatchItem, reply: Reply) -> None:
    """The batch knows what it said; nobody has to find it in the words."""
    Told.objects.update_or_create(
        reply=reply,
        defaults={
            "revision_id": item.revision_id,
            "person_id": item.person_id,
            "conversation_id": item.conversation_id,
            "account_id": item.account_id,
            "at": reply.sent_at or clock.now(),
        },
    )
