"""The need of a conversation: that of the neediest mention in it that waits for an answer."""

from collections.abc import Callable, Collection

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from rejoinder.listening.models import Conversation, Mention
from rejoinder.listening.read.lapse import need_expires
from rejoinder.listening.read.words import NEEDS
from rejoinder.plumbing import clock

Follow = Callable[[Collection[int]], None]
_follows: list[Follow] = []


def giving(conversation: Conversation) -> Mention | None:
    """The mention that gives a conversation its need: the neediest that waits, the newest of
    those; the last one when nobody waits or none was read.
    """
    rows = Mention.objects.filter(conversation=conversation, deleted_at=None)
    if conversation.waiting_since:
        waiting = rows.filter(created_at__gte=conversation.waiting_since, need__isnull=False)
        if found := waiting.order_by("need", "-id").first():
            return found
    return rows.filter(pk=conversation.last_mention_id or 0).first()


def counts(mention: Mention, conversation: Conversation) -> bool:
    """Whether its need still counts: it lapses, unless somebody still waits for an answer."""
    if mention.need is None:
        return False
    lapses = need_expires(NEEDS[mention.need], mention.created_at)
    return bool(conversation.waiting_since) or lapses >= clock.now()


def renew(conversations: Collection[int]) -> int:
    """Set it anew where a reading changed, in one statement; how many wait.

    A need belongs to its mention: what was answered or closed counts no more, so that nobody
    carries a need from one day to the next.
    """
    said = Mention.objects.filter(
        conversation=OuterRef("pk"),
        created_at__gte=OuterRef("waiting_since"),
        need__isnull=False,
        deleted_at=None,
    )
    neediest = Subquery(said.order_by("need").values("need")[:1])
    waiting = Conversation.objects.filter(pk__in=conversations, waiting_since__isnull=False)
    changed = waiting.update(need=Coalesce(neediest, F("need")))
    for what in _follows:
        what(conversations)
    return changed


def follow(what: Follow) -> None:
    """Call this with conversations whose readings changed, in the transaction that says so."""
    if what not in _follows:
        _follows.append(what)
