"""Reading: lists, one conversation with its thread, search, what the platform would count."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from rejoinder.api import shapes
from rejoinder.api.entrance import actor
from rejoinder.channels import registry
from rejoinder.desk import queue, tags
from rejoinder.desk.models import Tag
from rejoinder.desk.timeline import timeline
from rejoinder.listening.models import Conversation
from rejoinder.listening.store import search as heard
from rejoinder.team import access

router = Router(tags=["conversations"])

View = Literal["queue", "free", "mine", "due", "taken", "waiting-for-them"]


class Whole(Schema):
    """One conversation with its thread, oldest first; `more` says that older posts are left out."""

    talk: shapes.Talk
    thread: list[shapes.Happened]
    more: bool


class Hit(Schema):
    """A post that was found, and where it belongs; ours belongs to no conversation."""

    said: shapes.Said
    conversation: UUID | None


class Hits(Schema):
    """Newest heard first; give `next` as `before` for older ones, null at the end."""

    rows: list[Hit]
    next: int | None


class Length(Schema):
    """As the platform counts."""

    used: int
    allowed: int
    ok: bool


class Counted(Schema):
    """A text for a channel."""

    channel: str
    text: str


@router.get("/conversations", response=shapes.Page, operation_id="list-conversations")
def listed(
    request: HttpRequest,
    view: View = "queue",
    tag: str = "",
    after: str = "",
    size: Annotated[int, Query(ge=1, le=100)] = 50,
) -> shapes.Page:
    """A list as the desk shows it: `queue` is everybody who waits, need first, then age."""
    me = actor(request)
    access.require(me, access.READ)
    only = queue.EVERYTHING
    if tag:
        found = Tag.objects.filter(name__iexact=tag).first()
        if found is None:
            return shapes.Page(rows=[], next=None)
        only = tags.carrying(found)
    page = queue.page(me, view, after or None, size, only)
    return shapes.Page(rows=[shapes.talk(row) for row in page.rows], next=page.next)


@router.get("/conversations/{id}", response=Whole, operation_id="conversation")
def one(request: HttpRequest, id: UUID, answer: HttpResponse) -> Whole:  # noqa: A002  # their word
    """One conversation, with its ETag for If-Match."""
    me = actor(request)
    found = shapes.find(me, id)
    told = timeline(found, me)
    [row] = queue.lines([found])
    answer.headers["ETag"] = shapes.version(found)
    return Whole(
        talk=shapes.talk(row), thread=[shapes.happened(e) for e in told.entries], more=told.more
    )


@router.get("/search", response=Hits, operation_id="search")
def search(
    request: HttpRequest,
    words: Annotated[str, Query(max_length=200)],
    before: Annotated[int | None, Query(ge=0, lt=2**62)] = None,
) -> Hits:
    """Posts that hold all the words: "in quotes", begin*, -without."""
    me = actor(request)
    access.require(me, access.READ)
    found = heard.search(me, words, before=before)
    rows = [
        Hit(said=shapes.said(each), conversation=_where(each.conversation))
        for each in found.mentions
    ]
    return Hits(rows=rows, next=found.older)


@router.post("/count", response=Length, operation_id="count")
def count(request: HttpRequest, given: Counted) -> Any:
    """How long a text is on a channel; changes nothing."""
    access.require(actor(request), access.READ)
    if given.channel not in registry.channels():
        return Length(used=len(given.text), allowed=0, ok=False)
    counted = registry.channel(given.channel).count(given.text)
    return Length(used=counted.used, allowed=counted.allowed, ok=counted.ok)


def _where(talk: Conversation | None) -> UUID | None:
    return talk.public_id if talk else None
