"""What begins a wait for a first answer, and what ends it: one definition for every report.

It begins with the first word of the person in a conversation; our own words, copies of somebody
else's and deleted ones begin none. It ends with our first reply from then on, once that is out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import Min, QuerySet

from rejoinder.listening.models import Mention
from rejoinder.outbox.models import Reply, State

AT_ONCE = 500


def words() -> QuerySet[Mention]:
    """Those that may begin a wait."""
    return Mention.objects.filter(
        conversation__isnull=False, ours=False, copy_of=None, deleted_at=None
    )


def first_words(among: QuerySet[Mention]) -> dict[int, datetime]:
    """The first of these in each conversation (its number)."""
    rows = among.values("conversation").annotate(first=Min("created_at"))
    return dict(rows.values_list("conversation", "first"))


def first_replies(began: Mapping[int, datetime]) -> dict[int, datetime]:
    """When our first reply from the beginning of each wait on was out; none is left out."""
    found: dict[int, datetime] = {}
    for some in batches(began):
        replies = sent().filter(conversation__in=some).order_by("sent_at")
        for talk, at in replies.values_list("conversation", "sent_at"):
            if at is not None and at >= began[talk]:
                found.setdefault(talk, at)
    return found


def sent() -> QuerySet[Reply]:
    """Those of ours that may end a wait."""
    return Reply.objects.filter(state=State.SENT, sent_at__isnull=False)


def batches(talks: Collection[int]) -> Iterator[Sequence[int]]:
    """So few at a time that a database takes them as one list."""
    every = sorted(talks)
    return (every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE))
