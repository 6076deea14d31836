"""Whether a reply is for its reader's eyes alone, and moving a public conversation there."""

from dataclasses import dataclass

from django.db import transaction

from rejoinder.channels import registry
from rejoinder.desk import drafting, refusals, write
from rejoinder.desk.models import Draft
from rejoinder.listening.models import Conversation
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will read the reply as it stands, and whether its writer may choose."""

    private: bool
    may_choose: bool


def audience(conversation: Conversation, actor: Advisor) -> Audience:
    """What was private is answered privately; of the rest the writer decides, where one can."""
    if not _can(conversation):
        return Audience(private=False, may_choose=False)
    if not _to_answer_public(conversation):
        return Audience(private=True, may_choose=False)
    draft = drafting.draft(conversation, actor)
    return Audience(private=bool(draft and draft.private), may_choose=True)


def choose(conversation: Conversation, actor: Advisor, *, private: bool, text: str) -> Draft:
    """Keep the choice with the draft. Raises CannotError where the channel has no private way."""
    access.require(actor, access.DRAFT)
    if private and not _can(conversation):
        raise refusals.not_private()
    with transaction.atomic():
        draft = drafting.save_draft(conversation, actor, text)
        if draft.private != private:
            Draft.objects.filter(pk=draft.pk).update(private=private)
            draft.private = private
            _tell(conversation, actor, private=private)
    return draft


def _tell(conversation: Conversation, actor: Advisor, *, private: bool) -> None:
    if private:
        audit.line(actor, "chose a private reply to", conversation.public_id)
    else:
        audit.line(actor, "chose a public reply to", conversation.public_id)


def _can(conversation: Conversation) -> bool:
    channel = registry.channels().get(conversation.channel)
    return channel is not None and channel.can.private


def _to_answer_public(conversation: Conversation) -> bool:
    try:
        return write.to_answer(conversation).public
    except refusals.CannotError:
        return True
