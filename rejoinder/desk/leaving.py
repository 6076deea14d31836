"""When a colleague leaves the team: the work goes back to the queue, what was written stays."""

from django.db import transaction
from django.db.models import QuerySet

from rejoinder.desk.models import Draft
from rejoinder.desk.take import end_assignment, give_back_room
from rejoinder.listening.models import Conversation
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.models import LEAVING, Reply
from rejoinder.plumbing import live
from rejoinder.team import access, actions, audit
from rejoinder.team.models import Advisor


def remove(actor: Advisor, colleague: Advisor) -> None:
    """End a colleague's access and hand their work back, in one step."""
    with transaction.atomic():
        actions.remove(actor, colleague)
        remove_advisor_work(colleague, actor)


def remove_advisor_work(advisor: Advisor, actor: Advisor) -> int:
    """Free what somebody had; how many conversations. Their drafts stay for the lead.

    Replies that have not left do not leave any more: they are drafts again.
    """
    access.require(actor, access.PEOPLE)
    with transaction.atomic():
        for reply in Reply.objects.filter(advisor=advisor, state__in=LEAVING):
            outbox.withdraw(reply, actor)
        held = Conversation.objects.filter(holder=advisor)
        count = _free(held, actor)
        give_back_room(Draft.objects.filter(advisor=advisor))
        audit.line(actor, "handed back the work of", advisor, conversations=count)
    return count


def _free(held: QuerySet[Conversation], actor: Advisor) -> int:
    conversations = list(held.select_for_update())
    for conversation in conversations:
        end_assignment(conversation, actor, "left the team")
    Conversation.objects.filter(id__in=[each.pk for each in conversations]).update(
        holder=None, held_at=None
    )
    live.changed(live.QUEUE, *(live.conversation(each.public_id) for each in conversations))
    return len(conversations)
