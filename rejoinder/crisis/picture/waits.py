"""Who waits, and how long people waited for our first answer, by channel and by need."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, QuerySet

from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.waited import batches, first_replies, first_words, words


@dataclass(frozen=True, slots=True)
class Wait:
    """Of one channel or need: who waits now; of the first answers of a time, how many and the
    median and the ninth of ten waits (None without any).
    """

    key: Any
    waiting: int
    answered: int
    middle: timedelta | None
    most: timedelta | None


@dataclass(frozen=True, slots=True)
class Waits:
    """By channel, the one most wait on first; by need, in its order; and whole."""

    channels: list[Wait]
    needs: list[Wait]
    all: Wait


def waits(since: datetime, until: datetime) -> Waits:
    """Those who wait now, and the first answers sent in this time."""
    waiting = Conversation.objects.filter(waiting_since__isnull=False).order_by()
    by_channel = _counted(waiting, "channel")
    by_need = _counted(waiting, "need")
    answered = _first_answers(since, until)
    return Waits(
        channels=_by(by_channel, [(channel, wait) for channel, _, wait in answered]),
        needs=sorted(
            _by(by_need, [(need, wait) for _, need, wait in answered]), key=lambda row: row.key
        ),
        all=_wait(None, sum(by_need.values()), [wait for _, _, wait in answered]),
    )


def _counted(rows: QuerySet[Conversation], field: str) -> dict[Any, int]:
    return dict(rows.values(field).annotate(many=Count("pk")).values_list(field, "many"))


def _first_answers(since: datetime, until: datetime) -> list[tuple[str, int, timedelta]]:
    """Rows of (channel, need, wait) of the waits that ended in this time."""
    sent = Reply.objects.filter(state=State.SENT, sent_at__gte=since, sent_at__lt=until)
    found: list[tuple[str, int, timedelta]] = []
    for some in batches(set(sent.values_list("conversation", flat=True))):
        began = first_words(words().filter(conversation__in=some))
        ended = first_replies(began)
        rows = Conversation.objects.filter(pk__in=ended).values_list("pk", "channel", "need")
        found += [
            (channel, need, ended[talk] - began[talk])
            for talk, channel, need in rows
            if since <= ended[talk] < until
        ]
    return found


def _by(waiting: dict[Any, int], answered: Iterable[tuple[Hashable, timedelta]]) -> list[Wait]:
    """Where most people wait first; what nobody used is left out."""
    found: dict[Any, list[timedelta]] = defaultdict(list)
    for key, wait in answered:
        found[key].append(wait)
    rows = [_wait(key, waiting.get(key, 0), found[key]) for key in {**waiting, **found}]
    return sorted(rows, key=lambda row: (-row.waiting, -row.answered, str(row.key)))


def _wait(key: Any, waiting: int, waited: list[timedelta]) -> Wait:
    if not waited:
        return Wait(key, waiting, 0, None, None)
    seconds = [each.total_seconds() for each in waited]
    middle, most = (timedelta(seconds=float(np.quantile(seconds, q))) for q in (0.5, 0.9))
    return Wait(key, waiting, len(waited), middle, most)
