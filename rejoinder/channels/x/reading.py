"""From X's posts and messages to posts as the desk hears them. Pure."""

import html
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

from rejoinder.channels.contract import Media, Post
from rejoinder.channels.x import shapes

EPOCH = 1_288_834_974_657  # ms; when ids begin to tell the time (Snowflake)
MESSAGES = "https://x.com/messages"
_Kind = Literal["image", "video", "file"]
_KINDS: Mapping[str, _Kind] = {"photo": "image", "video": "video", "animated_gif": "video"}
_OTHER: _Kind = "file"


class Us(Struct, frozen=True):
    """Our account."""

    id: str
    handle: str


def posts(page: shapes.Page, us: Us) -> list[Post]:
    """The posts of a page in its order."""
    return listed(page.data, page.includes, us)


def listed(tweets: Sequence[shapes.Tweet], includes: shapes.Includes, us: Us) -> list[Post]:
    """Posts with the people and pictures they name."""
    people = {user.id: user for user in includes.users}
    media = {item.media_key: item for item in includes.media}
    quoted = {tweet.id: tweet.author_id for tweet in includes.tweets}
    return [_post(tweet, people, media, quoted, us) for tweet in tweets]


def _post(
    tweet: shapes.Tweet,
    people: Mapping[str, shapes.User],
    media: Mapping[str, shapes.MediaItem],
    authors: Mapping[str, str],
    us: Us,
) -> Post:
    first = tweet.edit_history_tweet_ids[0] if tweet.edit_history_tweet_ids else tweet.id
    author = people.get(tweet.author_id) or shapes.User(tweet.author_id)
    named = _names(tweet, us)
    summoned = named or _quotes(tweet, authors, us)
    return Post(
        external_id=first,
        kind="post" if first == tweet.id else "edit",
        author_id=tweet.author_id,
        handle=author.username,
        name=author.name,
        text=text(tweet),
        created_at=moment(tweet.created_at),
        in_reply_to=_linked(tweet, "replied_to"),
        root=tweet.conversation_id or None,
        tagged=summoned or tweet.in_reply_to_user_id == us.id,
        ours=tweet.author_id == us.id,
        url=address(author.username, tweet.id),
        language="" if tweet.lang in {"und", "zxx", "qme", "qst"} else tweet.lang[:2],
        media=tuple(_media(tweet, media)),
        followers=author.public_metrics.followers_count,
        ref={"id": tweet.id, "with": tweet.author_id, "summoned": summoned},
    )


def text(tweet: shapes.Tweet) -> str:
    """Its whole words, each link as it was written and not as X shortens it.

    What X puts behind them for pictures nobody wrote.
    """
    said, entities = tweet.text, tweet.entities
    if tweet.note_tweet.text:
        said, entities = tweet.note_tweet.text, tweet.note_tweet.entities
    for url in entities.urls:
        if url.url and url.media_key:
            said = said.replace(url.url, "").rstrip()
        elif url.url and url.expanded_url:
            said = said.replace(url.url, url.expanded_url)
    return html.unescape(said)


def address(handle: str, number: str) -> str:
    """Where a person reads a post."""
    return f"https://x.com/{handle or 'i'}/status/{number}"


def moment(said: str) -> datetime | None:
    """A time as X writes it, in UTC; None when it is not one."""
    try:
        found = datetime.fromisoformat(said)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def number_at(at: datetime) -> str:
    """The lowest id of a post made then or later."""
    return str(max(0, int(at.timestamp() * 1000) - EPOCH) << 22)


def message(event: shapes.Event, people: Mapping[str, shapes.User], us: Us) -> Post:
    """A direct message, in a conversation of its own."""
    author = people.get(event.sender_id) or shapes.User(event.sender_id)
    return Post(
        external_id=f"dm:{event.id}",
        author_id=event.sender_id,
        handle=author.username,
        name=author.name,
        text=html.unescape(event.text),
        created_at=moment(event.created_at),
        root=f"dm:{event.dm_conversation_id}" if event.dm_conversation_id else None,
        public=False,
        ours=event.sender_id == us.id,
        url=MESSAGES,
        ref={"dm": event.dm_conversation_id, "with": event.sender_id},
    )


def _names(tweet: shapes.Tweet, us: Us) -> bool:
    handle = us.handle.lower()
    named = [*tweet.entities.mentions, *tweet.note_tweet.entities.mentions]
    return any(each.id == us.id or each.username.lower() == handle for each in named)


def _quotes(tweet: shapes.Tweet, authors: Mapping[str, str], us: Us) -> bool:
    return authors.get(_linked(tweet, "quoted") or "", "") == us.id


def _linked(tweet: shapes.Tweet, kind: str) -> str | None:
    return next((link.id for link in tweet.referenced_tweets if link.type == kind), None)


def _media(tweet: shapes.Tweet, known: Mapping[str, shapes.MediaItem]) -> list[Media]:
    items = [known[key] for key in tweet.attachments.media_keys if key in known]
    return [
        Media(_KINDS.get(item.type, _OTHER), item.url or item.preview_image_url, item.alt_text)
        for item in items
        if item.url or item.preview_image_url
    ]
