"""What an area says to the desk: written on the page of a digest, shown beside conversations."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.experts import areas
from rejoinder.desk.experts.rules import may_write
from rejoinder.desk.experts.telling import TooManyError
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention, Question
from rejoinder.plumbing import clock, live
from rejoinder.privacy.find import masked
from rejoinder.reporting.digest import links, rules
from rejoinder.reporting.heard import whose
from rejoinder.reporting.models import AreaWord, Digest
from rejoinder.team import audit

LONGEST = 1000
SHOWN = 5


def say(digest: Digest, text: str, question: Question | None) -> AreaWord:
    """Of one question, or of everything that the area hears. Raises CannotError with the reason."""
    words = masked(text.strip(), LONGEST)
    if not words:
        raise CannotError(_("There is no text yet. Write it, then send."))
    with transaction.atomic():
        row = Digest.objects.select_for_update().get(pk=digest.pk)
        if not links.is_open(row):
            raise CannotError(_("This page has ended."))
        if not may_write(list(row.said.values_list("at", flat=True)), clock.now()):
            raise TooManyError(
                _("That was much within an hour. Please write again a little later.")
            )
        made = AreaWord.objects.create(
            digest=row,
            area=digest.area,
            question=question,
            expert=digest.expert,
            text=words,
            at=clock.now(),
        )
        live.changed(live.QUEUE)
        audit.line(None, "an area answered its digest", digest.area.name, expert=digest.expert.name)
    return made


def of_question(question: Question) -> Sequence[AreaWord]:
    """The newest words of areas about it."""
    return _newest(question=question)


def beside(talk: Conversation) -> Sequence[AreaWord]:
    """What helps with a conversation: words about what its newest mention asks, and those that its
    area said of everything.
    """
    rows = Mention.objects.filter(conversation=talk, ours=False, deleted_at=None)
    newest = rows.order_by("-created_at", "-id").values_list("question_id", "intent").first()
    if newest is None:
        return []
    question, area = newest[0], whose(*newest, list(areas.kept()))
    own = list(_newest(question=question)) if question else []
    whole = list(_newest(question=None, area=area)) if area else []
    return sorted([*own, *whole], key=lambda each: each.at, reverse=True)[:SHOWN]


def _newest(**of: object) -> Sequence[AreaWord]:
    since = clock.now() - rules.OPEN
    rows = AreaWord.objects.filter(at__gt=since, **of).select_related("area", "expert", "question")
    return list(rows.order_by("-at", "-id")[:SHOWN])
