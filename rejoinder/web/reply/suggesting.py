"""Beside the reply box: what to do next, and what colleagues said to the same question."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.desk import privately
from rejoinder.desk.experts import standing
from rejoinder.desk.suggest.next_action import Known, Next, next_action
from rejoinder.desk.suggest.similar import Similar, similar
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor

_ACCOUNT = {"billing", "account"}


def shown(talk: Conversation, reader: Advisor, *, answer: bool) -> dict[str, Any]:
    """For whoever has it; `answer` says that a public answer fits."""
    if talk.holder_id != reader.pk:
        return {"similar": [], "next_action": ""}
    found = similar(talk, reader)
    step = next_action(_known(talk, reader, found, answer=answer))
    return {"similar": found, "next_action": sentence(step)}


def chosen(talk: Conversation, reader: Advisor, what: str) -> str:
    """The words of the similar reply that was pressed; empty for none."""
    given = what.removeprefix("similar-")
    if given == what or not (given.isascii() and given.isdecimal() and len(given) < 3):
        return ""
    found = similar(talk, reader)
    return found[int(given)].text if int(given) < len(found) else ""


def sentence(step: Next) -> str:
    """The proposal, in words."""
    return {
        Next.USE_EXPERT: _("Next: an expert answered. Put it into your reply."),
        Next.KEEP_WORD: _("Next: we promised to be back by now. Say how it stands."),
        Next.IN_PRIVATE: _("Next: this is about their account. Answer privately."),
        Next.USE_ANSWER: _("Next: a public answer says it. Put it in, in your words."),
        Next.SEE_SIMILAR: _("Next: colleagues answered the same. See how."),
        Next.ASK_EXPERT: _("Next: nothing of ours fits. Ask the experts."),
        Next.CLOSE: _("Next: they thanked us. Close it."),
    }.get(step, "")


def _known(talk: Conversation, reader: Advisor, found: list[Similar], *, answer: bool) -> Known:
    last = Mention.objects.filter(pk=talk.last_mention_id or 0).first() or Mention()
    asked = standing.of(talk)
    late = [each for each in standing.promised([talk]).get(talk.pk, []) if _late(each.due_at)]
    readers = privately.audience(talk, reader)
    sent = Reply.objects.filter(conversation=talk, state=State.SENT)
    return Known(
        expert_answered=any(row.answered_by_id and not row.used_at for row in asked),
        promise_late=bool(late),
        account_matter=last.intent in _ACCOUNT,
        public=not readers.private,
        may_be_private=readers.may_choose,
        answer=answer,
        similar=bool(found),
        asked=any(row.ended_at is None for row in asked),
        specific=talk.need in {Need.URGENT, Need.SPECIFIC},
        praise=last.intent == "praise",
        answered_before=sent.exists(),
    )


def _late(due_at: datetime) -> bool:
    return due_at < clock.now()
