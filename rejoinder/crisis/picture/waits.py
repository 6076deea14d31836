"""Who waits, and how long people waited for our first answer, by channel and by need."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Exists, OuterRef, QuerySet

from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply, State


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
    """Rows of (channel, need, wait): what the person wrote that we answered first."""
    sent = Reply.objects.filter(state=State.SENT, sent_at__gte=since, sent_at__lt=until)
    before = Reply.objects.filter(
        state=State.SENT,
        conversation=OuterRef("conversation"),
        sent_at__lt=OuterRef("sent_at"),
    )
    rows = sent.filter(~Exists(before)).values_list(
        "conversation__channel", "conversation__need", "mention__created_at", "sent_at"
    )
    return [(channel, need, max(timedelta(0), at - came)) for channel, need, came, at in rows if at]


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
