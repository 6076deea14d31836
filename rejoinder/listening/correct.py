"""An advisor says that a reading is not right: it changes at once, and is kept as a label."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.listening import needs, safety
from rejoinder.listening.models import Conversation, Correction, Mention, Need, ReadWith
from rejoinder.listening.read.words import INTENTS, NEEDS, SAFETY, SENTIMENTS
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

NOTHING = "nothing"
FIELDS: dict[str, tuple[str, ...]] = {
    "need": NEEDS,
    "intent": INTENTS,
    "sentiment": SENTIMENTS,
    "safety": (NOTHING, *SAFETY),
}


class CannotError(Exception):
    """This cannot be said of a mention; the message says why."""


class Label(NamedTuple):
    """What `rejoinder train` learns from: a text as it is kept, and what an advisor said of it."""

    id: int
    text: str
    label: str


def correct(mention: Mention, actor: Advisor, field: str, now: str) -> None:
    """Put it right. Raises CannotError for a field or a value that is none."""
    access.require(actor, access.ANSWER)
    if now not in FIELDS.get(field, ()):
        raise CannotError(_("A reading cannot say “%(value)s” of this.") % {"value": now})
    was = said(mention, field)
    if was == now:
        return
    with transaction.atomic():
        _write(mention, field, now)
        Correction.objects.create(
            mention_id=mention.pk, field=field, was=was, now=now, advisor=actor, at=clock.now()
        )
        _tell(mention, actor, field, was, now)


def said(mention: Mention, field: str) -> str:
    """What the desk says of it now; empty when it was not read."""
    if field == "need":
        return NEEDS[mention.need] if mention.need is not None else ""
    if field in {"intent", "sentiment"}:
        return str(getattr(mention, field))
    return (mention.reading or {}).get("safety") or NOTHING


def labels(field: str) -> Iterator[Label]:
    """The last word of an advisor on each mention, oldest first."""
    last = dict(
        Correction.objects.filter(field=field).order_by("id").values_list("mention_id", "now")
    )
    rows = Mention.objects.filter(pk__in=last, deleted_at=None).order_by("pk")
    for pk, text in rows.values_list("pk", "text").iterator():
        yield Label(pk, text, last[pk])


def _write(mention: Mention, field: str, now: str) -> None:
    mention.read_with = ReadWith.ADVISOR
    if field == "need":
        mention.need = Need(NEEDS.index(now))
    elif field == "safety":
        mention.reading = (mention.reading or {}) | {"safety": None if now == NOTHING else now}
        if now != NOTHING:
            safety.open_cards([(mention.pk, now)])
            mention.need = Need.URGENT
    else:
        setattr(mention, field, now)
    mention.save(update_fields=["read_with", "need", "intent", "sentiment", "reading"])
    if mention.conversation_id:
        needs.renew([mention.conversation_id])


def _tell(mention: Mention, actor: Advisor, field: str, was: str, now: str) -> None:
    talk = Conversation.objects.filter(pk=mention.conversation_id or 0).first()
    topics = [live.conversation(talk.public_id)] if talk else []
    live.changed(live.QUEUE, *topics)
    what = talk.public_id if talk else mention.pk
    audit.line(actor, "corrected a reading", what, field=field, was=was, now=now)
