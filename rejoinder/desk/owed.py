"""What was handed over with a due time, while its taker has it."""

from collections.abc import Iterable

from django.db.models import F, Q

from rejoinder.desk.due import end_of_day
from rejoinder.desk.models import Handover
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor

# The handover by which its holder has it: both were written in one moment.
_STANDS = {"taker": F("conversation__holder"), "at": F("conversation__held_at")}


def owed(talks: Iterable[Conversation]) -> dict[int, Handover]:
    """By conversation: the handover that says when it is due."""
    rows = Handover.objects.filter(conversation__in=[talk.pk for talk in talks], **_STANDS)
    return {row.conversation_id: row for row in rows.filter(due_at__isnull=False)}


def due_today(advisor: Advisor) -> Q:
    """Conversations that somebody has and that are due before their day ends, late ones too."""
    ends = end_of_day(clock.now(), advisor.time_zone)
    rows = Handover.objects.filter(conversation__holder=advisor, due_at__lt=ends, **_STANDS)
    return Q(pk__in=rows.values("conversation"))
