"""What programs are shown of conversations; personal data stays hidden as it is kept."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Schema

from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.queue import Row
from rejoinder.desk.timeline import Entry
from rejoinder.listening.models import Conversation, Mention, Need, Person
from rejoinder.outbox.models import Reply
from rejoinder.plumbing.config import config
from rejoinder.team import access
from rejoinder.team.models import Advisor


class Done(Schema):
    """It is done."""

    done: bool = True


class Numbered(Schema):
    """The number of a row that was made or changed."""

    id: int


class Written(Schema):
    """The public number of what was made or changed."""

    id: UUID


class Why(Schema):
    """The reason, which stands in the history."""

    why: str = Field(max_length=300)


class Reason(Schema):
    """The reason, where one may be left out."""

    why: str = Field("", max_length=300)


class Colleague(Schema):
    """Somebody at the desk."""

    id: UUID
    name: str


class Standing(Schema):
    """How a conversation stands; `version` is its ETag."""

    id: UUID
    version: str
    state: str
    holder: UUID | None


class Said(Schema):
    """A post of somebody, or of ours that the desk did not write. What is `hidden` others do not
    see there.
    """

    id: int
    at: datetime
    by: str
    text: str
    ours: bool
    tagged: bool
    public: bool
    hidden: bool
    abuse: bool
    deleted: bool
    url: str


class Talk(Standing):
    """A conversation as a list shows it."""

    channel: str
    need: str
    person: str
    handle: str
    account: str
    holder_name: str
    opened_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    answered_at: datetime | None
    kept_back: str
    due_at: datetime | None
    tags: list[str]
    last: Said | None
    page: str


class Happened(Schema):
    """One line of the thread."""

    kind: str
    at: datetime
    by: str
    text: str
    said: Said | None = None
    reply: UUID | None = None
    state: str = ""


class Page(Schema):
    """Rows in order; give `next` as `after` for those that follow, null at the end."""

    rows: list[Talk]
    next: str | None


def find(reader: Advisor, public_id: UUID) -> Conversation:
    """The conversation, if the reader may see it. Raises Http404, NotAllowedError."""
    access.require(reader, access.READ)
    rows = Conversation.objects.select_related("person", "account", "holder")
    return get_object_or_404(access.visible(reader, rows), public_id=public_id)


def version(talk: Conversation) -> str:
    """Another one whenever somebody took it, wrote in it, answered, closed or put it aside."""
    told = (
        talk.pk,
        talk.holder_id,
        talk.held_at,
        talk.last_mention_id,
        talk.waiting_since,
        talk.answered_at,
        talk.need,
        talk.joined_into_id,
    )
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:24]}"'


def standing(talk: Conversation, *, asleep_now: bool | None = None) -> dict[str, Any]:
    """As `Standing`, ready to be kept."""
    if asleep_now is None:
        row = asleep.standing([talk]).get(talk.pk)
        asleep_now = row is not None and row.woken_at is None
    return {
        "id": str(talk.public_id),
        "version": version(talk),
        "state": _state(talk, asleep_now=asleep_now),
        "holder": str(talk.holder.public_id) if talk.holder else None,
    }


def talk(row: Row) -> Talk:
    """One row of a list."""
    each = row.conversation
    slept = row.slept is not None and row.slept.woken_at is None
    return Talk(
        **standing(each, asleep_now=slept),
        channel=each.channel,
        need=Need(each.need).name.lower(),
        person=each.person.name,
        handle=each.person.handle,
        account=each.account.handle if each.account else "",
        holder_name=each.holder.name if each.holder else "",
        opened_at=each.opened_at,
        last_at=each.last_at,
        waiting_since=each.waiting_since,
        answered_at=each.answered_at,
        kept_back=each.kept_back or "",
        due_at=row.handed.due_at if row.handed else None,
        tags=[tag.name for tag in row.tags],
        last=said(row.mention, each.person) if row.mention else None,
        page=f"{config().base_url}/c/{each.public_id}",
    )


def said(row: Mention, by: Person | None = None) -> Said:
    """One mention; of a deleted one the words are gone here too. `by` is read already."""
    who = by or row.person
    gone = row.deleted_at is not None
    return Said(
        id=row.pk,
        at=row.created_at,
        by=who.name or who.handle,
        text="" if gone else row.text,
        ours=row.ours,
        tagged=row.tagged,
        public=row.public,
        hidden=row.hidden,
        abuse=row.need == Need.ABUSE,
        deleted=gone,
        url="" if gone else row.url,
    )


def happened(entry: Entry) -> Happened:
    """One line of the thread, whatever it comes from."""
    row: Any = entry.row
    if isinstance(row, Mention):
        told = said(row)
        return Happened(kind="mention", at=entry.at, by=told.by, text=told.text, said=told)
    by = getattr(row, "advisor", None) or getattr(row, "giver", None)
    text = next((v for n in ("text", "note", "why") if (v := getattr(row, n, ""))), "")
    return Happened(
        kind=entry.kind,
        at=entry.at,
        by=by.name if by else "",
        text=text,
        reply=row.public_id if isinstance(row, Reply) else None,
        state=str(row.state) if isinstance(row, Reply) else "",
    )


def _state(talk: Conversation, *, asleep_now: bool) -> str:
    if talk.joined_into_id:
        return "joined"
    if asleep_now:
        return "asleep"
    if talk.waiting_since:
        return "waiting"
    return "answered" if talk.answered_at else "closed"
