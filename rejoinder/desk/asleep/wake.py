"""Waking what sleeps: looked at every few seconds, in a handful of queries."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef

from rejoinder.answers.models import Covered, Revision
from rejoinder.crisis.actions import open_ones
from rejoinder.desk.asleep import rows, rules
from rejoinder.desk.asleep.rules import Back, Sleeper
from rejoinder.desk.models import Snooze
from rejoinder.listening.models import Mention, Need
from rejoinder.plumbing import clock


def run() -> int:
    """Wake whoever is due; how many."""
    found = _sleepers()
    if not found:
        return 0
    reasons = rules.back(found, clock.now(), crisis=open_ones().exists())
    by_reason: dict[Back, list[int]] = defaultdict(list)
    for number, why in reasons.items():
        by_reason[why].append(number)
    with transaction.atomic():
        return sum(rows.wake(talks, why) for why, talks in by_reason.items())


def _sleepers() -> list[Sleeper]:
    urgent = Mention.objects.filter(
        conversation=OuterRef("conversation"),
        need=Need.URGENT,
        deleted_at=None,
        created_at__gte=OuterRef("waited_since"),
    )
    found = rows.asleep().annotate(urgent=Exists(urgent), written=F("conversation__waiting_since"))
    published = _published(list(found.filter(event=Snooze.Event.ANSWER)))
    return [
        Sleeper(
            row.conversation_id,
            row.until,
            row.event,
            urgent=row.urgent,
            wrote=row.written is not None,
            published=row.pk in published,
        )
        for row in found
    ]


def _published(waiting: list[Snooze]) -> set[int]:
    """Those for which something was published since: on their question, or at all without one."""
    if not waiting:
        return set()
    since = min(row.at for row in waiting)
    revisions = Revision.objects.filter(published_at__gt=since).values_list("answer")
    newest: dict[int, datetime] = dict(revisions.annotate(at=Max("published_at")))
    answers = Covered.objects.filter(answer__in=newest, until=None)
    by_question = {row.question_id: newest[row.answer_id] for row in answers}
    anything = max(newest.values(), default=None)
    return {
        row.pk
        for row in waiting
        if (at := by_question.get(row.question_id) if row.question_id else anything) and at > row.at
    }
