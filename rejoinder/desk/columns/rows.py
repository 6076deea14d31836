"""What stands in columns: one small query for each, and the lines of all of them at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from rejoinder.desk import queue
from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.columns.rules import Kind, filtered, lines
from rejoinder.desk.models import Column, Referral, Tagged
from rejoinder.desk.queue import Row
from rejoinder.listening.models import Caught, Conversation, Mention
from rejoinder.listening.store import search
from rejoinder.outbox.models import LEAVING, Reply, State
from rejoinder.team import access
from rejoinder.team.models import Advisor

LOOKED_AT = 400  # lines that a filter looks through, so that it costs the same at any size
SCANNED = 2000  # of those who wait, looked through for what few of them are
_TURN = ("need", "waiting_since", "id")
_WAITING = Q(waiting_since__isnull=False)

Numbers = list[int]


@dataclass(frozen=True, slots=True)
class Filled:
    """A column with its lines in order; `more` says that there are others."""

    column: Column
    rows: Sequence[Row]
    more: bool


def filled(actor: Advisor, columns: Sequence[Column]) -> list[Filled]:
    """Each column with what the actor may see of it."""
    if not access.may(actor, access.READ):
        return [Filled(column, (), more=False) for column in columns]
    shown = lines(len(columns))
    asked = {column.pk: _asked(actor, column, shown) for column in columns}
    every = {number for numbers, _more in asked.values() for number in numbers}
    talks = Conversation.objects.select_related("person", "account", "holder").in_bulk(list(every))
    rows = {row.conversation.pk: row for row in queue.lines(list(talks.values()))}
    return [
        Filled(column, [rows[number] for number in numbers if number in rows], more)
        for column in columns
        for numbers, more in [asked[column.pk]]
    ]


def _asked(actor: Advisor, column: Column, shown: int) -> tuple[Numbers, bool]:
    """The first conversations of a column, in its order, and whether there are more."""
    if column.kind not in list(Kind):
        return [], False
    wanted = filtered(column.words, column.muted)
    many = LOOKED_AT if wanted else shown + 1
    found = list(dict.fromkeys(_OF[Kind(column.kind)](actor, column.value, many)))
    if wanted and found:
        found = _fitting(found, wanted.fits)
    return found[:shown], len(found) > shown


def _fitting(numbers: Numbers, fits: Callable[[str], bool]) -> Numbers:
    """Those of whose last words, name or handle the filter lets through, in the same order."""
    talks = Conversation.objects.filter(pk__in=numbers)
    rows = talks.values_list("pk", "last_mention_id", "person__name", "person__handle")
    about = {number: (last, f"{name}\n{handle}") for number, last, name, handle in rows}
    lasts = [last for last, _who in about.values() if last]
    said = dict(Mention.objects.filter(pk__in=lasts).values_list("pk", "text"))
    return [
        number
        for number in numbers
        if number in about and fits(f"{said.get(about[number][0] or 0, '')}\n{about[number][1]}")
    ]


def _talks(rows: QuerySet[Conversation], many: int, *order: str) -> Numbers:
    return list(rows.order_by(*order).values_list("pk", flat=True)[:many])


def _queue(_actor: Advisor, _value: str, many: int) -> Numbers:
    return _talks(Conversation.objects.filter(_WAITING), many, *_TURN)


def _mine(actor: Advisor, _value: str, many: int) -> Numbers:
    return _talks(Conversation.objects.filter(holder=actor), many, "held_at", "id")


def _unassigned(_actor: Advisor, _value: str, many: int) -> Numbers:
    return _talks(Conversation.objects.filter(_WAITING, holder=None), many, *_TURN)


def _among(which: Q, many: int) -> Numbers:
    """Of the first who wait, those that are so."""
    first = Conversation.objects.filter(_WAITING).order_by(*_TURN).values("pk")[:SCANNED]
    return _talks(Conversation.objects.filter(which, pk__in=first), many, *_TURN)


def _private(_actor: Advisor, _value: str, many: int) -> Numbers:
    first = Conversation.objects.filter(_WAITING).order_by(*_TURN)[:SCANNED]
    lasts = dict(first.values_list("pk", "last_mention_id"))
    private = Mention.objects.filter(pk__in=filter(None, lasts.values()), public=False)
    alone = set(private.values_list("pk", flat=True))
    return [number for number, last in lasts.items() if last in alone][:many]


def _on_hold(_actor: Advisor, _value: str, many: int) -> Numbers:
    """What somebody put aside, the next to come back first; then what the plan keeps back."""
    sleeping = asleep.asleep().order_by("until", "id").values_list("conversation", flat=True)
    kept = Conversation.objects.filter(_WAITING, holder=None, kept_back__isnull=False)
    return [*sleeping[:many], *_talks(kept, many, *_TURN)][:many]


def _scheduled(_actor: Advisor, _value: str, many: int) -> Numbers:
    rows = Reply.objects.filter(state__in=LEAVING).order_by("due_at", "id")
    return list(rows.values_list("conversation", flat=True)[:many])


def _sent(_actor: Advisor, _value: str, many: int) -> Numbers:
    rows = Reply.objects.filter(state=State.SENT).order_by("-sent_at", "-id")
    return list(rows.values_list("conversation", flat=True)[:many])


def _account(_actor: Advisor, value: str, many: int) -> Numbers:
    return _among(Q(account__public_id=value), many) if _is_name(value) else []


def _channel(_actor: Advisor, value: str, many: int) -> Numbers:
    return _among(Q(channel=value), many)


def _watch(_actor: Advisor, value: str, many: int) -> Numbers:
    rows = Caught.objects.filter(watch=_number(value)).order_by("-at")
    return _of_mentions(rows.values_list("mention", flat=True)[:many])


def _question(_actor: Advisor, value: str, many: int) -> Numbers:
    rows = Mention.objects.filter(question_id=_number(value)).order_by("-id")
    return _of_mentions(rows.values_list("pk", flat=True)[:many])


def _area(_actor: Advisor, value: str, many: int) -> Numbers:
    """What an area is asked and has not answered, the next due first."""
    rows = Referral.objects.filter(area=_number(value), ended_at=None).order_by("due_at", "id")
    return list(rows.values_list("conversation", flat=True)[:many])


def _tag(_actor: Advisor, value: str, many: int) -> Numbers:
    rows = Tagged.objects.filter(tag=_number(value), ended_at=None).order_by("-at", "-id")
    return list(rows.values_list("conversation", flat=True)[:many])


def _search(actor: Advisor, value: str, many: int) -> Numbers:
    """What was said with these words, newest first."""
    return search.conversations(actor, value, many)


def _of_mentions(numbers: Iterable[int]) -> Numbers:
    order = list(numbers)
    talks = Mention.objects.filter(pk__in=order, ours=False, deleted_at=None)
    of = dict(talks.values_list("pk", "conversation"))
    return [of[number] for number in order if of.get(number)]


def _number(value: str) -> int:
    """The row's number; one that nobody has for what is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


def _is_name(value: str) -> bool:
    plain = value.replace("-", "")
    return len(plain) == 32 and all(letter in "0123456789abcdef" for letter in plain.lower())


_OF: dict[Kind, Callable[[Advisor, str, int], Any]] = {
    Kind.QUEUE: _queue,
    Kind.MINE: _mine,
    Kind.UNASSIGNED: _unassigned,
    Kind.PRIVATE: _private,
    Kind.ON_HOLD: _on_hold,
    Kind.SCHEDULED: _scheduled,
    Kind.SENT: _sent,
    Kind.ACCOUNT: _account,
    Kind.CHANNEL: _channel,
    Kind.WATCH: _watch,
    Kind.QUESTION: _question,
    Kind.AREA: _area,
    Kind.TAG: _tag,
    Kind.SEARCH: _search,
}
