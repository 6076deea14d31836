"""Who waited for a first answer, how long, and what ended it.

One wait is one person in one conversation: from the first word of theirs in the time looked at,
until our first reply after it was out. Our own words, copies of somebody else's and deleted ones
begin none, nor does what turned out not to be about us. Closed without a reply, a wait was seen
until then; while the person waits, until now.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min

from rejoinder.desk.asleep.rows import asleep
from rejoinder.desk.models import Closure
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import Reply, State
from rejoinder.reporting.wait import Wait

_AT_ONCE = 500


def waits(since: datetime, until: datetime, now: datetime) -> list[Wait]:
    """Those that began in `since` ≤ began < `until`, as they stand `now`."""
    began = dict(
        Mention.objects.filter(
            pk__gte=first_since(since),
            created_at__gte=since,
            created_at__lt=until,
            conversation__isnull=False,
            ours=False,
            copy_of=None,
            deleted_at=None,
        )
        .values("conversation")
        .annotate(first=Min("created_at"))
        .values_list("conversation", "first")
    )
    found: list[Wait] = []
    for some in _batches(sorted(began)):
        found += _ended({talk: began[talk] for talk in some}, now)
    return found


def _ended(began: dict[int, datetime], now: datetime) -> Iterable[Wait]:
    talks = Conversation.objects.filter(pk__in=began, joined_into=None)
    replied = _first_after(
        began,
        Reply.objects.filter(conversation__in=began, state=State.SENT, sent_at__isnull=False)
        .order_by("sent_at")
        .values_list("conversation", "sent_at"),
    )
    closed = _first_after(
        began,
        Closure.objects.filter(conversation__in=began)
        .order_by("at")
        .values_list("conversation", "at"),
    )
    # Who was put aside still waits.
    aside = set(asleep().filter(conversation__in=began).values_list("conversation", flat=True))
    rows = talks.values_list("pk", "channel", "need", "waiting_since")
    for talk, channel, need, waiting in rows:
        answer, close = replied.get(talk), closed.get(talk)
        if answer is None and close is None and waiting is None and talk not in aside:
            continue  # never in the queue
        end = min(each for each in (answer, close, now) if each is not None)
        answered = end == answer
        waited = max(0.0, (end - began[talk]).total_seconds())
        yield Wait(channel, need, began[talk], waited, answered)


def _first_after(
    began: dict[int, datetime], rows: Iterable[tuple[int, datetime | None]]
) -> dict[int, datetime]:
    """The first moment of each conversation that is not before its wait; `rows` ascend in time."""
    found: dict[int, datetime] = {}
    for talk, at in rows:
        if at is not None and at >= began[talk]:
            found.setdefault(talk, at)
    return found


def _batches(talks: list[int]) -> Iterable[list[int]]:
    return (talks[at : at + _AT_ONCE] for at in range(0, len(talks), _AT_ONCE))
