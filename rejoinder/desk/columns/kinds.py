"""Which conversations each kind of column lists, the first of them in its order: a small query."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.columns.rules import Kind
from rejoinder.desk.models import Referral, Tagged
from rejoinder.listening.models import Caught, Conversation, Mention
from rejoinder.listening.store import search
from rejoinder.outbox.models import LEAVING, Reply, State
from rejoinder.plumbing.among import Among
from rejoinder.team.models import Advisor

SCANNED = 2000  # of those who wait, looked through for what few of them are
_TURN = ("need", "waiting_since", "id")
_WAITING = Q(waiting_since__isnull=False)

Numbers = list[int]


def listed(actor: Advisor, kind: str, value: str, many: int) -> Numbers:
    """So many conversations at most, each once; none of a kind or a value that there is not."""
    if kind not in list(Kind):
        return []
    return list(dict.fromkeys(_OF[Kind(kind)](actor, value, many)))


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
    private = Mention.objects.filter(Among("pk", filter(None, lasts.values())), public=False)
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
    rows = Caught.objects.filter(watch=_number(value), **_said("mention__")).order_by("-at")
    return list(rows.values_list("mention__conversation", flat=True)[:many])


def _question(_actor: Advisor, value: str, many: int) -> Numbers:
    rows = Mention.objects.filter(question_id=_number(value), **_said()).order_by("-id")
    return list(rows.values_list("conversation", flat=True)[:many])


def _said(of: str = "") -> dict[str, object]:
    """Of mentions: said by others, and still there."""
    return {f"{of}ours": False, f"{of}deleted_at": None, f"{of}conversation__isnull": False}


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


def _number(value: str) -> int:
    """The row's number; one that nobody has for what is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


def _is_name(value: str) -> bool:
    plain = value.replace("-", "")
    return len(plain) == 32 and all(letter in "0123456789abcdef" for letter in plain.lower())


_OF: dict[Kind, Callable[[Advisor, str, int], Numbers]] = {
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
