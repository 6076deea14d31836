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
    return {talk: at for talk, (at, _advisor) in who_replied(began).items()}


def who_replied(began: Mapping[int, datetime]) -> dict[int, tuple[datetime, int]]:
    """The same, with who wrote it (a pk)."""
    found: dict[int, tuple[datetime, int]] = {}
    for some in batches(began):
        sent = Reply.objects.filter(
            conversation__in=some, state=State.SENT, sent_at__isnull=False
        ).order_by("sent_at")
        for talk, at, advisor in sent.values_list("conversation", "sent_at", "advisor"):
            if at is not None and at >= began[talk]:
                found.setdefault(talk, (at, advisor))
    return found


def said_first(began: Mapping[int, datetime]) -> dict[int, tuple[int | None, str]]:
    """What each wait began with: the question it was matched to, and what it is about."""
    found: dict[int, tuple[int | None, str]] = {}
    for some in batches(began):
        among = words().filter(
            conversation__in=some, created_at__gte=min(began[talk] for talk in some)
        )
        rows = among.order_by("created_at", "pk")
        told = rows.values_list("conversation", "created_at", "question_id", "intent")
        for talk, at, question, intent in told.iterator():
            if talk is not None and at >= began[talk]:
                found.setdefault(talk, (question, intent or ""))
    return found


def batches(talks: Collection[int]) -> Iterator[Sequence[int]]:
    """So few at a time that a database takes them as one list."""
    every = sorted(talks)
    return (every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE))
