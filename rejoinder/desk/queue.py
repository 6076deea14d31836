"""Pages of the queue and its sister views, read by key: one cost at any size."""

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from rejoinder.desk import callbacks, owed, tags
from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.experts import standing
from rejoinder.desk.models import Callback, Handover, Referral, Snooze, Tag
from rejoinder.desk.plan import ways
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import LEAVING, UNSETTLED, Reply, State
from rejoinder.plumbing.sql import fetch
from rejoinder.plumbing.tuples import Beyond
from rejoinder.team import access
from rejoinder.team.models import Advisor

COUNTED = 1000  # counts above it say "1,000+": counting all of five million is no page view


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the conversation (with person, account, holder), its last mention,
    the reply of ours that has not settled yet, how many others copied that mention, the call that
    was promised, why the plan would have it answered in another way, its sleep, the handover
    that says when it is due, its tags, and what experts are asked.
    """

    conversation: Conversation
    mention: Mention | None
    reply: Reply | None
    copies: int = 0
    callback: Callback | None = None
    way: str = ""
    slept: Snooze | None = None
    handed: Handover | None = None
    tags: Sequence[Tag] = ()
    asked: Sequence[Referral] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order; `next` and `previous` are keys for `page`, None where the list ends."""

    rows: Sequence[Row]
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class Capped:
    """A count that stops at COUNTED."""

    number: int

    @property
    def more(self) -> bool:
        return self.number > COUNTED

    def __str__(self) -> str:
        return f"{COUNTED:,}+" if self.more else f"{self.number:,}"


@dataclass(frozen=True, slots=True)
class News:
    """How many conversations have new words since a mark, by need."""

    by_need: Mapping[int, int]
    more: bool

    @property
    def total(self) -> int:
        return sum(self.by_need.values())


@dataclass(frozen=True, slots=True)
class View:
    """One list: which rows, in which order (`descending`: all fields newest first)."""

    which: Any
    order: tuple[str, ...]
    descending: bool = False


EVERYTHING = Q()
_TURN = ("need", "waiting_since", "id")
_ANSWERED = ("answered_at", "id")
VIEWS: dict[str, View] = {
    "queue": View(lambda me: Q(waiting_since__isnull=False), _TURN),
    "free": View(lambda me: Q(waiting_since__isnull=False, holder__isnull=True), _TURN),
    "mine": View(lambda me: Q(holder=me), ("held_at", "id")),
    "due": View(owed.due_today, ("held_at", "id")),
    "taken": View(lambda me: Q(holder__isnull=False) & ~Q(holder=me), ("held_at", "id")),
    "waiting-for-them": View(
        lambda me: Q(answered_at__isnull=False, waiting_since__isnull=True),
        _ANSWERED,
        descending=True,
    ),
}


def page(
    actor: Advisor, view: str, key: str | None = None, size: int = 50, only: Q = EVERYTHING
) -> Page:
    """One page of a view, of those that are `only` so; a key nobody gave out shows the first."""
    shown = VIEWS[view]
    place = _read(key, shown)
    back = place is not None and place.back
    rows = _rows(actor, shown).filter(only)
    if place is not None:
        rows = rows.filter(_beyond(shown, place))
    forward = shown.descending == back
    names = [name if forward else f"-{name}" for name in shown.order]
    shown_with = rows.select_related("person", "account", "holder")
    found = list(shown_with.order_by(*names)[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    after = found and (more or back)
    before = found and (more if back else place is not None)
    return Page(
        rows=_filled(found),
        next=_key(shown, found[-1], back=False) if after else None,
        previous=_key(shown, found[0], back=True) if before else None,
    )


def counts(actor: Advisor) -> dict[str, Capped]:
    """How many rows each view has, counted to COUNTED at most; all in one statement."""
    asked = {name: _rows(actor, view) for name, view in VIEWS.items()}
    return _counted(asked | {"leaving": _leaving(actor)})


def leaving(actor: Advisor, size: int = 200) -> Sequence[Reply]:
    """Replies on their way, in doubt or refused and not written anew; the next to leave first."""
    replies = _leaving(actor).select_related("conversation__person", "account", "advisor")
    return list(replies.order_by("due_at", "id")[:size])


def sent(actor: Advisor, size: int = 50) -> Sequence[Reply]:
    """What was sent, newest first."""
    replies = access.visible(actor, Reply.objects.filter(state=State.SENT))
    replies = replies.select_related("conversation__person", "account", "advisor")
    return list(replies.order_by("-sent_at", "-id")[:size])


def lines(conversations: Sequence[Conversation]) -> list[Row]:
    """Conversations that somebody may see anyway, with what a line of a list shows."""
    return _filled(conversations)


def keeps_back() -> bool:
    """Whether somebody waits whom nobody has and the plan keeps back."""
    waiting = Conversation.objects.filter(waiting_since__isnull=False, holder=None)
    return waiting.filter(kept_back__isnull=False).exists()


def mark() -> int:
    """Where news begins: keep it with a page, and ask `new_since` with it."""
    return Mention.objects.order_by("-id").values_list("id", flat=True).first() or 0


def new_since(actor: Advisor, since: int) -> News:
    """People who wrote after the mark and wait, by need; looks at COUNTED mentions at most."""
    newer = access.visible(actor, Mention.objects.filter(id__gt=since, ours=False))
    heard = list(newer.order_by("id").values_list("conversation_id", flat=True)[: COUNTED + 1])
    waiting = Conversation.objects.filter(id__in=set(heard), waiting_since__isnull=False)
    return News(Counter(waiting.values_list("need", flat=True)), more=len(heard) > COUNTED)


def key_after(view: str, row: Conversation) -> str:
    """The key of the page that begins after a row."""
    return _key(VIEWS[view], row, back=False)


class _Place(msgspec.Struct, array_like=True):
    """Where a page begins: the fields of the row before it, and the direction."""

    back: bool
    at: datetime
    id: int
    need: int | None = None


def _rows(actor: Advisor, view: View) -> QuerySet[Conversation]:
    return access.visible(actor, Conversation.objects.filter(view.which(actor)))


def _leaving(actor: Advisor) -> QuerySet[Reply]:
    return access.visible(actor, Reply.objects.filter(state__in=[*LEAVING, *UNSETTLED]))


def _counted(asked: Mapping[str, QuerySet[Any]]) -> dict[str, Capped]:
    parts: list[str] = []
    values: list[Any] = []
    for rows in asked.values():
        try:
            part, own = rows.order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:  # what nobody may see is no statement at all
            part, own = "SELECT 1 WHERE 1 = 0", ()
        parts.append(f"(SELECT count(*) FROM ({part}) AS counted)")  # noqa: S608  # by the ORM
        values += own
    [numbers] = fetch(f"SELECT {', '.join(parts)}", tuple(values))
    return {name: Capped(int(n)) for name, n in zip(asked, numbers, strict=True)}


def _beyond(view: View, place: _Place) -> Beyond:
    """Rows after the place, as one comparison that an index answers."""
    last = (place.at, place.id) if place.need is None else (place.need, place.at, place.id)
    values = dict(zip(view.order, last, strict=True))
    return Beyond(Conversation, values, descending=view.descending != place.back)


def _key(view: View, row: Conversation, *, back: bool) -> str:
    need, at = (row.need if "need" in view.order else None), getattr(row, view.order[-2])
    packed = msgspec.json.encode(_Place(back, at, row.pk, need))
    return base64.urlsafe_b64encode(packed).decode()


def _read(key: str | None, view: View) -> _Place | None:
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(key or ""), type=_Place)
    except ValueError:
        return None
    return place if ("need" in view.order) == (place.need is not None) else None


def _filled(conversations: Sequence[Conversation]) -> list[Row]:
    """The rows with what they show, in nine queries however many there are."""
    mentions = Mention.objects.in_bulk([c.last_mention_id for c in conversations])
    unsettled = Reply.objects.filter(
        conversation__in=conversations, state__in=[*LEAVING, *UNSETTLED]
    )
    replies = {reply.conversation_id: reply for reply in unsettled.order_by("id")}
    copies = Counter(
        Mention.objects.filter(copy_of__in=list(mentions)).values_list("copy_of", flat=True)
    )
    promised = callbacks.standing(conversations)
    moved = ways.advised(conversations)
    slept = asleep.standing(conversations)
    due = owed.owed(conversations)
    carried = tags.on(conversations)
    asked = standing.asked(conversations)
    return [
        Row(
            each,
            mentions.get(each.last_mention_id or 0),
            replies.get(each.pk),
            copies[each.last_mention_id],
            promised.get(each.pk),
            moved.get(each.pk, ""),
            slept.get(each.pk),
            due.get(each.pk),
            carried.get(each.pk, ()),
            asked.get(each.pk, ()),
        )
        for each in conversations
    ]
