"""Who waited for a first answer, how long, and what ended it.

One wait is one person in one conversation: from the first word of theirs in the time looked at,
until our first reply after it was out (`outbox/waited.py`). What turned out not to be about us
begins none. Closed without a reply, a wait was seen until then; while the person waits, until now.

A week of a large house has half a million of them, so they are read and reckoned in columns.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from rejoinder.desk.asleep.rows import asleep
from rejoinder.desk.models import Closure
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Mention
from rejoinder.outbox.waited import sent, words
from rejoinder.plumbing.columns import Ints, Micros, as_micros, columns, of_micros
from rejoinder.reporting.wait import Wait

Bools = npt.NDArray[np.bool_]
_NEVER = np.iinfo(np.int64).max
_SECOND = 1_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class Waits:
    """Side by side, by conversation (its number), ascending; moments are microseconds since 1970.

    `ended` is when what `answered` it, or closed it, or now. `advisor` (a pk) wrote the answer, 0
    for none.
    """

    talk: Ints
    began: Ints
    ended: Ints
    answered: Bools
    advisor: Ints

    @property
    def seconds(self) -> npt.NDArray[np.float64]:
        """How long each was."""
        found: npt.NDArray[np.float64] = np.maximum(self.ended - self.began, 0) / _SECOND
        return found


class _First(NamedTuple):
    """Where a conversation is, what its first word is about, and who wrote it."""

    channel: str
    need: int
    question: int | None
    intent: str
    followed: int | None


def waits(since: datetime, until: datetime, now: datetime) -> list[Wait]:
    """Those that began in `since` ≤ began < `until`, as they stand `now`, with what began them."""
    found = seen(since, until, now)
    first = _said_first(_words(since, until))
    rows = zip(
        found.talk.tolist(),
        found.began.tolist(),
        found.seconds.tolist(),
        found.answered.tolist(),
        found.advisor.tolist(),
        strict=True,
    )
    return [
        Wait(
            first[talk].channel,
            first[talk].need,
            of_micros(began),
            seconds,
            answered,
            first[talk].question,
            first[talk].intent,
            first[talk].followed,
            who or None,
        )
        for talk, began, seconds, answered, who in rows
    ]


def seen(since: datetime, until: datetime, now: datetime) -> Waits:
    """The same in columns."""
    talk, began, waiting = _began(_words(since, until))
    answer, advisor = _replied(talk, began, since)
    close = _closed(talk, began, since)
    # Who was put aside still waits.
    aside = np.isin(talk, np.array(asleep().values_list("conversation", flat=True), np.int64))
    ended = np.minimum(np.minimum(answer, close), as_micros(now))
    answered = ended == answer
    # What nothing ended, and does not wait, was never in the queue.
    kept = (answer < _NEVER) | (close < _NEVER) | waiting | aside
    who = np.where(answered, advisor, 0)
    return Waits(talk[kept], began[kept], ended[kept], answered[kept], who[kept])


def _words(since: datetime, until: datetime) -> QuerySet[Mention]:
    return words().filter(
        conversation__joined_into=None,
        pk__gte=first_since(since),
        created_at__gte=since,
        created_at__lt=until,
    )


def _began(among: QuerySet[Mention]) -> tuple[Ints, Ints, Bools]:
    """Of each conversation, ascending: its number, its first word, whether it waits now."""
    waiting = ExpressionWrapper(Q(conversation__waiting_since__isnull=False), BooleanField())
    talk, at, waits = columns(among.values_list("conversation", Micros("created_at"), waiting), 3)
    order = np.lexsort((at, talk))
    talk, at, waits = talk[order], at[order], waits[order]
    first = np.append(True, talk[1:] != talk[:-1]) if len(talk) else np.zeros(0, np.bool_)
    return talk[first], at[first], waits[first] > 0


def _replied(talk: Ints, began: Ints, since: datetime) -> tuple[Ints, Ints]:
    """When our first reply from the beginning of each wait on was out, and who wrote it."""
    rows = sent().filter(sent_at__gte=since).order_by("sent_at", "pk")
    whose, at, advisor = columns(rows.values_list("conversation", Micros("sent_at"), "advisor"), 3)
    return _first(talk, began, whose, at, advisor)


def _closed(talk: Ints, began: Ints, since: datetime) -> Ints:
    """When each was closed first since its wait began."""
    rows = Closure.objects.filter(at__gte=since).order_by("at")
    whose, at = columns(rows.values_list("conversation", Micros("at")), 2)
    return _first(talk, began, whose, at, at)[0]


def _first(talk: Ints, began: Ints, whose: Ints, at: Ints, what: Ints) -> tuple[Ints, Ints]:
    """Of each wait, the first moment that is its own and not before it, and what belongs to that.

    `whose` are conversations, of any; `at` ascends.
    """
    first, of = np.full(len(talk), _NEVER, np.int64), np.zeros(len(talk), np.int64)
    if not len(talk) or not len(whose):
        return first, of
    place = np.searchsorted(talk, whose).clip(max=len(talk) - 1)
    own = (talk[place] == whose) & (at >= began[place])
    # The last that is written stays: so backwards.
    place = place[own][::-1]
    first[place], of[place] = at[own][::-1], what[own][::-1]
    return first, of


def _said_first(among: QuerySet[Mention]) -> dict[int, _First]:
    """By conversation."""
    rows = among.order_by("created_at", "pk").values_list(
        "conversation",
        "conversation__channel",
        "conversation__need",
        "question_id",
        "intent",
        "conversation__person__followed",
    )
    found: dict[int, _First] = {}
    for talk, channel, need, question, intent, followed in rows.iterator():
        first = _First(channel or "", need or 0, question, intent or "", followed)
        found.setdefault(talk or 0, first)
    return found
