"""What follows at the desk when a reply was sent, refused or withdrawn."""

from django.db.models import F
from django.db.models.functions import Coalesce

from rejoinder.desk import cosign, picturing
from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.asleep.rules import Back
from rejoinder.desk.models import Draft
from rejoinder.desk.take import end_assignment
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.team import access


def after(reply: Reply) -> None:
    """Runs in the transaction that moved the reply."""
    if reply.state == State.SENT:
        _answered(reply)
    elif reply.state in {State.REFUSED, State.WITHDRAWN}:
        _back_to_writer(reply)


def _answered(reply: Reply) -> None:
    """It waits no longer and nobody has it, unless the person has written since."""
    # The row is locked before later words are looked for: triage that adds one comes before
    # or after this whole step, never between.
    Conversation.objects.select_for_update().filter(id=reply.conversation_id).first()
    row = Conversation.objects.filter(id=reply.conversation_id)
    row.update(answered_at=reply.sent_at)
    asleep.answered(reply.conversation)
    newer = _newer(reply)
    if newer is not None:
        row.update(waiting_since=newer.created_at, reopened=True)
        return
    end_assignment(reply.conversation, reply.advisor, "answered")
    row.update(waiting_since=None, holder=None, held_at=None, reopened=False)


def _newer(reply: Reply) -> Mention | None:
    """The first word of the person that was heard after the one this answers."""
    later = Mention.objects.filter(
        conversation=reply.conversation_id, ours=False, deleted_at=None, id__gt=reply.mention_id
    )
    return later.order_by("created_at", "id").first()


def _back_to_writer(reply: Reply) -> None:
    """The words and their room are in the writer's draft again, unless they wrote on."""
    draft, _ = Draft.objects.get_or_create(
        conversation=reply.conversation,
        advisor=reply.advisor,
        defaults={"saved_at": clock.now()},
    )
    if not draft.text.strip():
        draft.text = cosign.unsigned(reply.conversation, reply.advisor, reply.text)
        draft.private, draft.saved_at = reply.private, clock.now()
        draft.machine_at = reply.machine_at
    if reply.state == State.WITHDRAWN and draft.reservation_id is None:
        draft.reservation_id = reply.reservation_id
    draft.save(update_fields=["text", "private", "saved_at", "machine_at", "reservation_id"])
    picturing.come_back(reply)
    asleep.wake([reply.conversation_id], Back.REPLY)
    if access.may(reply.advisor, access.ANSWER):
        row = Conversation.objects.filter(id=reply.conversation_id)
        row.update(
            holder=Coalesce(F("holder"), reply.advisor_id),
            held_at=Coalesce(F("held_at"), clock.now()),
        )
