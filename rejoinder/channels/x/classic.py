"""Account activity, which X tells in an older form than its API, as posts. Pure."""

import html
from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct, field

from rejoinder.channels.contract import Post
from rejoinder.channels.x import reading
from rejoinder.channels.x.reading import Us


class User(Struct):
    """Somebody."""

    id_str: str = ""
    screen_name: str = ""
    name: str = ""


class Url(Struct):
    """A link that X shortened."""

    url: str = ""
    expanded_url: str = ""


class Entities(Struct):
    """Whom and what a text names."""

    user_mentions: list[User] = []
    urls: list[Url] = []


class LongText(Struct):
    """The whole of a text that is cut."""

    full_text: str = ""
    entities: Entities = field(default_factory=Entities)


class Quoted(Struct):
    """A post that another one shows."""

    user: User = field(default_factory=User)


class Status(Struct):
    """A post; what it repeats unchanged is no post to us."""

    id_str: str
    text: str = ""
    user: User = field(default_factory=User)
    in_reply_to_status_id_str: str | None = None
    in_reply_to_user_id_str: str | None = None
    entities: Entities = field(default_factory=Entities)
    extended_tweet: LongText | None = None
    quoted_status: Quoted | None = None
    retweeted_status: Quoted | None = None
    lang: str = ""


class Gone(Struct):
    """Which post is gone."""

    id: str


class Deletion(Struct):
    """A post was taken back."""

    status: Gone
    timestamp_ms: str = ""


class Words(Struct):
    """What a message says."""

    text: str = ""


class Target(Struct):
    """Whom a message is for."""

    recipient_id: str = ""


class Create(Struct):
    """A message that was written."""

    sender_id: str = ""
    target: Target = field(default_factory=Target)
    message_data: Words = field(default_factory=Words)


class Message(Struct):
    """Something of a private conversation."""

    type: str
    id: str
    created_timestamp: str = ""
    message_create: Create = field(default_factory=Create)


class Activity(Struct):
    """One delivery."""

    for_user_id: str
    tweet_create_events: list[Status] = []
    tweet_delete_events: list[Deletion] = []
    direct_message_events: list[Message] = []
    users: dict[str, User] = {}


def posts(told: Activity, us: Us) -> list[Post]:
    """Everything of a delivery that the desk hears."""
    heard = [_post(each, us) for each in told.tweet_create_events if not each.retweeted_status]
    gone = [Post(external_id=e.status.id, kind="delete") for e in told.tweet_delete_events]
    written = [each for each in told.direct_message_events if each.type == "message_create"]
    return [*heard, *(_message(each, told.users, us) for each in written), *gone]


def moments(told: Activity) -> Iterator[datetime]:
    """When what is told happened, as far as it says so."""
    stamps = [each.timestamp_ms for each in told.tweet_delete_events]
    stamps += [each.created_timestamp for each in told.direct_message_events]
    stamps += [_stamp(each.id_str) for each in told.tweet_create_events]
    yield from (at for at in map(_moment, stamps) if at)


def _post(status: Status, us: Us) -> Post:
    long = status.extended_tweet
    said, entities = (long.full_text, long.entities) if long else (status.text, status.entities)
    for url in entities.urls:
        if url.url and url.expanded_url:
            said = said.replace(url.url, url.expanded_url)
    named = us.id in {each.id_str for each in entities.user_mentions}
    quoted = status.quoted_status is not None and status.quoted_status.user.id_str == us.id
    parent = status.in_reply_to_status_id_str
    return Post(
        external_id=status.id_str,
        author_id=status.user.id_str,
        handle=status.user.screen_name,
        name=status.user.name,
        text=html.unescape(said),
        created_at=_moment(_stamp(status.id_str)),
        in_reply_to=parent or None,
        root=None if parent else status.id_str,
        tagged=named or quoted or status.in_reply_to_user_id_str == us.id,
        ours=status.user.id_str == us.id,
        url=reading.address(status.user.screen_name, status.id_str),
        language="" if status.lang == "und" else status.lang[:2],
        ref={"id": status.id_str, "with": status.user.id_str, "summoned": named or quoted},
    )


def _message(event: Message, people: dict[str, User], us: Us) -> Post:
    made = event.message_create
    author = people.get(made.sender_id, User())
    both = sorted({made.sender_id, made.target.recipient_id})
    conversation = "-".join(both)
    return Post(
        external_id=f"dm:{event.id}",
        author_id=made.sender_id,
        handle=author.screen_name,
        name=author.name,
        text=html.unescape(made.message_data.text),
        created_at=_moment(event.created_timestamp),
        root=f"dm:{conversation}",
        public=False,
        ours=made.sender_id == us.id,
        url=reading.MESSAGES,
        ref={"dm": conversation, "with": made.sender_id},
    )


def _stamp(number: str) -> str:
    """The time that an id tells, in milliseconds."""
    if not (number.isascii() and number.isdigit()):
        return ""
    return str((int(number[:30]) >> 22) + reading.EPOCH)


def _moment(stamp: str) -> datetime | None:
    if not (stamp.isascii() and stamp.isdigit()):
        return None
    try:
        return datetime.fromtimestamp(int(stamp[:20]) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
