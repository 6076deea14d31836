"""A lead says that whoever asks a question is urgent: “does 999 work?” in the middle of an outage.

It counts for those who asked and for those to come. Whom an advisor judged stays as judged.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from rejoinder.listening import needs
from rejoinder.listening.models import Conversation, Mention, Need, Question, ReadWith
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.access import Actor
from rejoinder.team.models import Advisor

REASON = "urgent-question"
_BEFORE = "before"  # what a reading said before the lead did


def may_mark(actor: Actor) -> bool:
    """Leads and owners: who steers."""
    return access.may(actor, access.STEER)


def mark(question: Question, actor: Advisor) -> None:
    """Each of these is urgent from now on, and who asked already."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if _set(question, actor, urgent=True):
            hasten(question)
            audit.line(actor, "marked each who asks as urgent", question.pk, question=question.name)


def unmark(question: Question, actor: Advisor) -> None:
    """No longer: each is read as it would have been."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if _set(question, actor, urgent=False):
            _write(Mention.objects.filter(question_id=question.pk, need=Need.URGENT), _back)
            audit.line(actor, "no longer marks who asks as urgent", question.pk)


def hasten(question: Question, among: Collection[int] | None = None) -> None:
    """Make urgent who asks it, of these mentions or of all; for a question that is marked."""
    rows = Mention.objects.filter(question_id=question.pk).exclude(need=Need.URGENT)
    if among is not None:
        rows = rows.filter(pk__in=among)

    def urgent(mention: Mention) -> None:
        reading = mention.reading or {}
        before = {"need": mention.need, "why": reading.get("why", [])}
        mention.reading = reading | {"why": [(REASON, question.name)], _BEFORE: before}
        mention.need = Need.URGENT

    _write(rows, urgent)


def _set(question: Question, actor: Advisor, *, urgent: bool) -> bool:
    """Write who said so and when; False when somebody had said it before, or it is no question."""
    rows = Question.objects.filter(pk=question.pk, urgent_at__isnull=urgent, dismissed_at=None)
    by, at = (actor, clock.now()) if urgent else (None, None)
    done = rows.exclude(name="").update(urgent_by=by, urgent_at=at)
    question.refresh_from_db()
    return bool(done)


def _back(mention: Mention) -> None:
    reading: dict[str, Any] = mention.reading or {}
    if before := reading.pop(_BEFORE, None):
        mention.need, mention.reading = before["need"], reading | {"why": before["why"]}


def _write(rows: QuerySet[Mention], change: Callable[[Mention], None]) -> None:
    found = list(rows.filter(read_with=ReadWith.CAREFUL, deleted_at=None))
    for mention in found:
        change(mention)
    Mention.objects.bulk_update(found, ["need", "reading"])
    talks = {mention.conversation_id for mention in found if mention.conversation_id}
    needs.renew(talks)
    public = Conversation.objects.filter(pk__in=talks).values_list("public_id", flat=True)
    live.changed(live.QUEUE, *(live.conversation(public_id) for public_id in public))
