"""Figures of now for a monitor: who waits, what leaves, what is spent, what is heard.

They are read from rows when asked for, so every page server says the same whichever process did
the work. They tell needs, channels, states and units, and nothing about anybody: no handle, no
name, no address; counts of few people are rounded up to `FEW`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Sum

from rejoinder.budget import amount
from rejoinder.budget.models import Allowance
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, MinuteCount, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.reporting.few import FEW

HOUR = timedelta(hours=1)
_OPEN = (State.QUEUED, State.RESERVED, State.SENDING, State.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Figure:
    """A name after Prometheus' ways, what it says, whether it only grows, and its samples: the
    values of `labels`, and the figure.
    """

    name: str
    says: str
    labels: tuple[str, ...]
    samples: list[tuple[tuple[str, ...], float]]
    grows: bool = False


def figures(now: datetime) -> list[Figure]:
    """All of them, in a fixed number of queries that no history makes dearer."""
    return [*_waiting(now), _leaving(), _spent(), _heard(now), _silent(now)]


def _waiting(now: datetime) -> Iterator[Figure]:
    rows = Conversation.objects.filter(waiting_since__isnull=False).values_list("need")
    found = {
        need: (many, since)
        for need, many, since in rows.annotate(n=Count("id"), first=Min("waiting_since"))
    }
    names = {need.value: need.name.lower() for need in Need}
    yield Figure(
        "rejoinder_waiting",
        "People who wait, by need; 1 to 4 are told as 5.",
        ("need",),
        [((name,), _rounded(found.get(need, (0, now))[0])) for need, name in names.items()],
    )
    yield Figure(
        "rejoinder_waiting_oldest_seconds",
        "How long whoever waits longest has waited, by need; 0 when nobody does.",
        ("need",),
        [
            ((name,), max(0.0, (now - found.get(need, (0, now))[1]).total_seconds()))
            for need, name in names.items()
        ],
    )


def _rounded(people: int) -> float:
    return max(people, FEW) if people else 0


def _leaving() -> Figure:
    rows = Reply.objects.filter(state__in=_OPEN).values_list("state")
    found = dict(rows.annotate(n=Count("id")))
    return Figure(
        "rejoinder_replies",
        "Replies on their way out, by where they are.",
        ("state",),
        [((state.value,), float(found.get(state, 0))) for state in _OPEN],
    )


def _spent() -> Figure:
    rows = Allowance.objects.exclude(holder__startswith="conversation:").values_list("unit")
    return Figure(
        "rejoinder_spent",
        "What was spent of the platforms' allowances, attempts included, by unit.",
        ("unit",),
        [((unit,), amount.shown(sum_)) for unit, sum_ in rows.annotate(n=Sum("spent"))],
        grows=True,
    )


def _heard(now: datetime) -> Figure:
    rows = MinuteCount.objects.filter(minute__gte=now - HOUR).values_list("channel")
    return Figure(
        "rejoinder_mentions_last_hour",
        "Mentions written in the last hour, by channel.",
        ("channel",),
        [((channel,), float(many)) for channel, many in rows.annotate(n=Sum("mentions"))],
    )


def _silent(now: datetime) -> Figure:
    rows = Account.objects.filter(disconnected_at=None, heard_at__isnull=False)
    newest = rows.values_list("channel").annotate(at=Max("heard_at"))
    return Figure(
        "rejoinder_heard_seconds_ago",
        "Since when no account of a channel was read.",
        ("channel",),
        [((channel,), max(0.0, (now - at).total_seconds())) for channel, at in newest],
    )
