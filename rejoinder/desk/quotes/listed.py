"""What people praise, newest first, and which of it may be quoted."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.desk.models import Quote
from rejoinder.desk.quotes.rules import stands
from rejoinder.listening.models import Mention
from rejoinder.team import access
from rejoinder.team.models import Advisor

PRAISE = "praise"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Praise:
    """One post, and what came of asking about it, newest first."""

    mention: Mention
    quotes: Sequence[Quote]


def praise(reader: Advisor, before: int | None = None) -> tuple[list[Praise], int | None]:
    """A page of it, and the number to go on from; None where it ends."""
    rows = Mention.objects.filter(intent=PRAISE, ours=False, deleted_at=None, copy_of=None)
    shown = access.visible(reader, rows).select_related("person", "conversation")
    if before is not None:
        shown = shown.filter(pk__lt=before)
    page = list(shown.order_by("-id")[: SHOWN + 1])
    asked = Quote.objects.filter(mention__in=page[:SHOWN]).select_related("asked_by", "heard_by")
    quotes = list(asked.order_by("-asked_at", "-id"))
    found = [
        Praise(mention, [each for each in quotes if each.mention_id == mention.pk])
        for mention in page[:SHOWN]
    ]
    return found, page[SHOWN - 1].pk if len(page) > SHOWN else None


def quotable(reader: Advisor) -> list[Quote]:
    """Those who said yes, while their words still stand as they were."""
    rows = Quote.objects.filter(answer=Quote.Answer.YES, mention__deleted_at=None)
    shown = access.visible(reader, rows).select_related("mention", "conversation__person")
    newest = shown.order_by("-answered_at", "-id")[:SHOWN]
    return [quote for quote in newest if stands(quote.words, quote.mention.text)]


def of(talk_id: int) -> list[Quote]:
    """What was asked in one conversation, newest first."""
    rows = Quote.objects.filter(conversation=talk_id).select_related("asked_by", "heard_by")
    return list(rows.order_by("-asked_at", "-id"))
