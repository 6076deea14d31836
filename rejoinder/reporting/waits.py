"""Who waited for a first answer, how long, and what ended it.

One wait is one person in one conversation: from the first word of theirs in the time looked at,
until our first reply after it was out (`outbox/waited.py`). What turned out not to be about us
begins none. Closed without a reply, a wait was seen
until then; while the person waits, until now.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from rejoinder.desk.asleep.rows import asleep
from rejoinder.desk.models import Closure
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Conversation
from rejoinder.outbox.waited import batches, first_words, said_first, who_replied, words
from rejoinder.reporting.wait import Wait


def waits(since: datetime, until: datetime, now: datetime) -> list[Wait]:
    """Those that began in `since` ≤ began < `until`, as they stand `now`."""
    began = first_words(
        words().filter(pk__gte=first_since(since), created_at__gte=since, created_at__lt=until)
    )
    found: list[Wait] = []
    for some in batches(began):
        found += _ended({talk: began[talk] for talk in some}, now)
    return found


def _ended(began: dict[int, datetime], now: datetime) -> Iterable[Wait]:
    talks = Conversation.objects.filter(pk__in=began, joined_into=None)
    replied, closed, said = who_replied(began), _closed(began), said_first(began)
    # Who was put aside still waits.
    aside = set(asleep().filter(conversation__in=began).values_list("conversation", flat=True))
    rows = talks.values_list("pk", "channel", "need", "waiting_since")
    for talk, channel, need, waiting in rows:
        answer, advisor = replied.get(talk, (None, None))
        close = closed.get(talk)
        if answer is None and close is None and waiting is None and talk not in aside:
            continue  # never in the queue
        end = min(each for each in (answer, close, now) if each is not None)
        answered = end == answer
        waited = max(0.0, (end - began[talk]).total_seconds())
        question, intent = said.get(talk, (None, ""))
        who = advisor if answered else None
        yield Wait(channel, need, began[talk], waited, answered, question, intent, who)


def _closed(began: Mapping[int, datetime]) -> dict[int, datetime]:
    """When each conversation was closed first since its wait began."""
    found: dict[int, datetime] = {}
    rows = Closure.objects.filter(conversation__in=began).order_by("at")
    for talk, at in rows.values_list("conversation", "at"):
        if at >= began[talk]:
            found.setdefault(talk, at)
    return found
