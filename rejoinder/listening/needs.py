"""The need of a conversation: that of the neediest mention in it that waits for an answer."""

from collections.abc import Collection

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from rejoinder.listening.models import Conversation, Mention


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
    return waiting.update(need=Coalesce(neediest, F("need")))
