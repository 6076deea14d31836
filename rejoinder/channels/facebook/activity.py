"""What a webhook of Facebook says, as posts. Pure.

https://developers.facebook.com/docs/graph-api/webhooks/reference/page
"""

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct, field

from rejoinder.channels.contract import Kind, Post
from rejoinder.channels.facebook import reading, shapes
from rejoinder.channels.graph.reading import at
from rejoinder.channels.graph.shapes import FROM, Person
from rejoinder.channels.graph.webhook import Hook

KINDS: dict[str, Kind] = {"add": "post", "edited": "edit", "edit": "edit", "remove": "delete"}
Author = Callable[[str], str]  # of a post, by its id: the id of who wrote it
POSTED = {"post", "status", "photo", "video", "share"}  # what a visitor may leave on a Page


class Value(Struct, rename=FROM):
    """What happened; `created_time` is Unix seconds."""

    item: str = ""
    verb: str = ""
    comment_id: str = ""
    post_id: str = ""
    parent_id: str = ""
    message: str = ""
    created_time: float = 0
    from_: Person = field(default_factory=Person)


class Change(Struct, rename={"topic": "field"}):
    """One of them."""

    value: Value = field(default_factory=Value)
    topic: str = ""


class Words(Struct):
    """A message; an echo is what the Page itself wrote."""

    mid: str = ""
    text: str = ""
    is_echo: bool = False


class Wrote(Struct):
    """Somebody wrote to the Page, or it to them; `timestamp` is Unix milliseconds."""

    sender: Person = field(default_factory=Person)
    recipient: Person = field(default_factory=Person)
    timestamp: float = 0
    message: Words = field(default_factory=Words)


class Entry(Struct):
    """Of one Page; `time` is Unix seconds, of messages milliseconds."""

    id: str
    time: float = 0
    changes: list[Change] = []
    messaging: list[Wrote] = []


class Activity(Struct):
    """One delivery."""

    object: str = ""
    entry: list[Entry] = []


def posts(entry: Entry, us: str, author: Author, *, messages: bool) -> Iterator[Post]:
    """What is to be heard of it; likes, hiding and the like are passed over.

    A delivery does not say whose post a comment stands on, on which its thread depends: `author`
    is asked. What that raises goes through.
    """
    for change in entry.changes:
        if change.topic in {"feed", "mention"} and (said := _said(change, us, author)):
            yield said
    for wrote in entry.messaging if messages else ():
        if wrote.message.mid:
            yield _message(wrote, us)


def hook(us: str, author: Author, *, messages: bool) -> Hook[Entry]:
    """How deliveries of this Page are read."""
    return Hook("page", Activity, partial(posts, us=us, author=author, messages=messages))


def _said(change: Change, us: str, author: Author) -> Post | None:
    value = change.value
    kind = KINDS.get(value.verb)
    number = value.comment_id if value.item == "comment" else value.post_id
    if kind is None or not number or (value.item != "comment" and value.item not in POSTED):
        return None
    if kind == "delete":
        return Post(external_id=number, kind="delete")
    created = at(value.created_time)
    moment = created.strftime("%Y-%m-%dT%H:%M:%S+0000") if created else ""
    if value.item != "comment":
        entry = shapes.Entry(number, value.message, value.from_, moment)
        return None if value.from_.id == us else reading.entry(entry, us, kind)
    above = value.parent_id if value.parent_id not in {"", value.post_id} else ""
    comment = shapes.Comment(
        id=number,
        message=value.message,
        from_=value.from_,
        created_time=moment,
        parent=shapes.Parent(above) if above else None,
    )
    if above or not value.post_id:
        return reading.comment(comment, us, kind)
    below = shapes.Entry(value.post_id, from_=Person(author(value.post_id)))
    return reading.comment(comment, us, kind, below=below)


def _message(wrote: Wrote, us: str) -> Post:
    ours = wrote.message.is_echo or wrote.sender.id == us
    said = shapes.Message(
        id=wrote.message.mid,
        message=wrote.message.text,
        from_=Person(us) if ours else wrote.sender,
        created_time=(found.isoformat() if (found := at(wrote.timestamp)) else ""),
    )
    return reading.message(said, us, (wrote.recipient if ours else wrote.sender).id)
