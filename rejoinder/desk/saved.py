"""Keeping saved replies, and putting one into a draft."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.desk import wording
from rejoinder.desk.models import SavedReply
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 5_000
_EARLIER = 20  # replies to the same person that are looked at


def may_keep(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def find(words: str = "") -> list[wording.Kept]:
    """Those that have these words, the likeliest first; all of them without any."""
    rows = SavedReply.objects.values_list("id", "name", "text", "used")
    return wording.found([wording.Kept(*row) for row in rows], words)


def keep(actor: Advisor, name: str, text: str, row: SavedReply | None = None) -> SavedReply:
    """Write a new one, or an old one anew. Raises CannotError with the reason."""
    access.require(actor, access.STEER)
    called, words = " ".join(name.split())[:100], text.strip()
    _check(called, words, row)
    with transaction.atomic():
        kept = row or SavedReply()
        kept.name, kept.text = called, words
        kept.changed_by, kept.changed_at = actor, clock.now()
        kept.save()
        audit.line(actor, "saved a reply", called)
    return kept


def remove(actor: Advisor, row: SavedReply) -> None:
    """Keep it no more."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        audit.line(actor, "removed a saved reply", row.name)
        row.delete()


def use(row: SavedReply, conversation: Conversation, actor: Advisor, link: str = "") -> str:
    """Its next wording for this person, filled in; counts that it was used.

    `link` is the short link of the answer to what they ask.
    """
    access.require(actor, access.DRAFT)
    text = _for(row, conversation, actor, link)
    SavedReply.objects.filter(pk=row.pk).update(used=F("used") + 1)
    return text


def _for(row: SavedReply, conversation: Conversation, actor: Advisor, link: str) -> str:
    values = _values(conversation, actor, link)
    texts = [wording.filled(text, values) for text in wording.wordings(row.text)]
    return wording.chosen(texts, row.used, _said(conversation)) if texts else ""


def _values(conversation: Conversation, actor: Advisor, link: str) -> dict[str, str]:
    name = conversation.person.name or conversation.person.handle
    channel = registry.channels().get(conversation.channel)
    return {
        "name": name,
        "first": " ".join(name.split()[:1]),
        "me": actor.public_name,
        "channel": channel.label if channel else conversation.channel,
        "link": link,
    }


def _said(conversation: Conversation) -> Sequence[str]:
    """What this person has read from us."""
    rows = Reply.objects.filter(conversation__person=conversation.person_id)
    return list(rows.order_by("-id").values_list("text", flat=True)[:_EARLIER])


def _check(name: str, text: str, row: SavedReply | None) -> None:
    if not name or not wording.wordings(text):
        raise CannotError(_("A saved reply needs a name and a text."))
    if len(text) > LONGEST:
        raise CannotError(_("This is too long for a reply. Shorten it, then save."))
    if names := wording.unknown(text):
        raise CannotError(_("There is no variable {%(name)s}.") % {"name": names[0]})
    others = SavedReply.objects.filter(name=name)
    if others.exclude(pk=row.pk if row else 0).exists():
        raise CannotError(_("“%(name)s” is saved already. Choose another name.") % {"name": name})
