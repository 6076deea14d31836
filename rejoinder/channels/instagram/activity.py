"""What a webhook of Instagram says, as posts.

https://developers.facebook.com/docs/graph-api/webhooks/reference/instagram
"""

from collections.abc import Iterator
from functools import partial

from msgspec import Struct, field

from rejoinder.channels.contract import Kind, Post
from rejoinder.channels.graph.reading import at
from rejoinder.channels.graph.shapes import FROM, Person
from rejoinder.channels.graph.webhook import Hook
from rejoinder.channels.instagram import reading, shapes
from rejoinder.channels.instagram.asking import Asking, is_number
from rejoinder.channels.instagram.reading import Us

COMMENTS = {"comments", "live_comments"}


class Below(Struct):
    """The media that was commented on."""

    id: str = ""


class Value(Struct, rename=FROM):
    """What happened: a comment below our media, or a mention, of which only ids are told."""

    id: str = ""
    text: str = ""
    parent_id: str | None = None
    from_: Person | None = None
    media: Below | None = None
    comment_id: str = ""
    media_id: str = ""


class Change(Struct, rename={"topic": "field"}):
    """One of them."""

    value: Value = field(default_factory=Value)
    topic: str = ""


class Payload(Struct):
    """Where what came with a message is."""

    url: str = ""


class Attached(Struct):
    """What came with a message."""

    type: str = ""
    payload: Payload = field(default_factory=Payload)


class Words(Struct):
    """A message; an echo is what we wrote ourselves. One that is deleted was taken back."""

    mid: str = ""
    text: str = ""
    is_echo: bool = False
    is_deleted: bool = False
    attachments: list[Attached] = []


class Wrote(Struct):
    """Somebody wrote to us, or we to them; `timestamp` is Unix milliseconds."""

    sender: Person = field(default_factory=Person)
    recipient: Person = field(default_factory=Person)
    timestamp: float = 0
    message: Words = field(default_factory=Words)
    message_edit: Words = field(default_factory=Words)


class Entry(Struct):
    """Of one account; `time` is Unix seconds, of messages milliseconds."""

    id: str
    time: float = 0
    changes: list[Change] = []
    messaging: list[Wrote] = []


class Activity(Struct):
    """One delivery."""

    object: str = ""
    entry: list[Entry] = []


def hook(us: Us, ask: Asking, *, messages: bool) -> Hook[Entry]:
    """How deliveries of this account are read."""
    return Hook("instagram", Activity, partial(posts, us=us, ask=ask, messages=messages))


def posts(entry: Entry, us: Us, ask: Asking, *, messages: bool) -> Iterator[Post]:
    """What is to be heard of it. A mention is only named, so it is asked for. Raises TroubleError.

    What was done in messages beside words (likes, reading) is passed over.
    """
    for change in entry.changes:
        value = change.value
        if change.topic in COMMENTS and value.id:
            yield _comment(entry, change, us, ask)
        elif change.topic == "mentions" and (said := _mention(value, ask)):
            yield said
    for wrote in entry.messaging if messages else ():
        if wrote.message.mid and wrote.message.is_deleted:
            yield Post(external_id=wrote.message.mid, kind="delete")
        elif wrote.message.mid:
            yield _message(wrote, wrote.message, us, "post")
        elif wrote.message_edit.mid:
            yield _message(wrote, wrote.message_edit, us, "edit")


def _mention(value: Value, ask: Asking) -> Post | None:
    """What names us, where it is still there."""
    comment, media = value.comment_id, value.media_id
    # These go into a list of fields, where no more than a number belongs.
    if not is_number(media) or (comment and not is_number(comment)):
        return None
    return ask.comment(comment, media) if comment else ask.caption(media)


def _comment(entry: Entry, change: Change, us: Us, ask: Asking) -> Post:
    """When it was written is not told, but when it was delivered."""
    value, moment = change.value, at(entry.time)
    said = shapes.Comment(
        id=value.id,
        text=value.text,
        timestamp=moment.strftime("%Y-%m-%dT%H:%M:%S+0000") if moment else "",
        from_=value.from_ or Person(),
        parent_id=value.parent_id or "",
    )
    live = change.topic == "live_comments"
    link = ask.link(value.media.id) if value.media else ""
    return reading.comment(said, us, link, live=live)


def _message(wrote: Wrote, words: Words, us: Us, kind: Kind) -> Post:
    ours = words.is_echo or wrote.sender.id == us.id
    came = [
        shapes.Attachment(**{f"{each.type}_data": shapes.Picture(each.payload.url)})
        for each in words.attachments
        if each.type in {"image", "video"}
    ]
    said = shapes.Message(
        id=words.mid,
        message=words.text,
        from_=Person(us.id) if ours else wrote.sender,
        created_time=(found.isoformat() if (found := at(wrote.timestamp)) else ""),
        attachments=shapes.Attachments(came),
    )
    return reading.message(said, us, wrote.recipient if ours else wrote.sender, kind)
