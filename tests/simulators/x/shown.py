"""Posts, people and messages as X shows them: the fields that were asked for and no others."""

import html
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from tests.simulators.x.world import Message, Person, Tweet, World

_ALWAYS = {"id", "text", "edit_history_tweet_ids"}


def tweets(world: World, request: Request, found: Iterable[Tweet]) -> dict[str, Any]:
    """`data` and `includes` of some posts."""
    rows = list(found)
    fields = _asked(request, "tweet.fields") | _ALWAYS
    expanded = _asked(request, "expansions")
    people = [tweet.author for tweet in rows] if "author_id" in expanded else []
    linked = [*(t.reply_to for t in rows), *(t.quotes for t in rows)]
    others = [world.tweets[n] for n in linked if n in world.tweets]
    answer: dict[str, Any] = {"data": [_tweet(world, each, fields) for each in rows]}
    includes: dict[str, Any] = {}
    if people:
        includes["users"] = _people(people, request)
    if others and "referenced_tweets.id" in expanded:
        includes["tweets"] = [_tweet(world, each, fields) for each in others if not each.deleted]
    return answer | ({"includes": includes} if includes else {})


def messages(request: Request, found: Iterable[Message]) -> dict[str, Any]:
    """`data` and `includes` of some messages."""
    rows = list(found)
    fields = _asked(request, "dm_event.fields") | {"id", "text", "event_type"}
    answer: dict[str, Any] = {"data": [_message(each, fields) for each in rows]}
    if "sender_id" in _asked(request, "expansions") and rows:
        answer["includes"] = {"users": _people([each.sender for each in rows], request)}
    return answer


def person(someone: Person, request: Request) -> dict[str, Any]:
    """One of X's people."""
    asked = _asked(request, "user.fields")
    found: dict[str, Any] = {
        "id": someone.id,
        "name": someone.name,
        "username": someone.username,
    }
    if "protected" in asked:
        found["protected"] = False
    if "public_metrics" in asked:
        found["public_metrics"] = {"followers_count": someone.followers}
    return found


def at(seconds: float) -> str:
    """A moment as X writes it."""
    moment = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
    return moment.replace("+00:00", "Z")


def classic(seconds: float) -> str:
    """A moment as the older parts of X write it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%a %b %d %H:%M:%S +0000 %Y")


def full_text(world: World, tweet: Tweet) -> str:
    """With the names before a reply, its signs escaped."""
    names = [each.username for each in world.named(tweet)]
    parent = world.tweets.get(tweet.reply_to)
    missing = parent and f"@{parent.author.username}".lower() not in tweet.text.lower()
    before = f"@{parent.author.username} " if parent and missing and names else ""
    after = f" {_of_pictures(tweet)}" if tweet.pictures else ""
    return html.escape(before + tweet.text + after, quote=False)


def _tweet(world: World, tweet: Tweet, fields: set[str]) -> dict[str, Any]:
    everything: dict[str, Any] = {
        "id": tweet.id,
        "text": full_text(world, tweet),
        "edit_history_tweet_ids": tweet.history[: tweet.history.index(tweet.id) + 1],
        "author_id": tweet.author.id,
        "created_at": at(tweet.at),
        "conversation_id": tweet.conversation,
        "lang": "en",
        "entities": _entities(world, tweet),
    }
    parent = world.tweets.get(tweet.reply_to)
    if parent:
        everything["in_reply_to_user_id"] = parent.author.id
    links = [("replied_to", tweet.reply_to), ("quoted", tweet.quotes)]
    if linked := [{"type": kind, "id": number} for kind, number in links if number]:
        everything["referenced_tweets"] = linked
    return {name: value for name, value in everything.items() if name in fields}


def _entities(world: World, tweet: Tweet) -> dict[str, Any]:
    named = [{"username": each.username, "id": each.id} for each in world.named(tweet)]
    links = [{"url": short, "expanded_url": link} for short, link in tweet.links.items()]
    # X puts one link behind the words, and tells it once for each picture.
    for number, each in enumerate(tweet.pictures, start=1):
        kind, before = ("video", "13") if each.film else ("photo", "3")
        page = f"https://x.com/{tweet.author.username}/status/{tweet.id}/{kind}/{number}"
        links.append(
            {"url": _of_pictures(tweet), "expanded_url": page, "media_key": f"{before}_{each.id}"}
        )
    return ({"mentions": named} if named else {}) | ({"urls": links} if links else {})


def _of_pictures(tweet: Tweet) -> str:
    return f"https://t.co/{tweet.id[-10:]}"


def _message(message: Message, fields: set[str]) -> dict[str, Any]:
    everything = {
        "id": message.id,
        "event_type": "MessageCreate",
        "text": html.escape(message.text, quote=False),
        "sender_id": message.sender.id,
        "created_at": at(message.at),
        "dm_conversation_id": message.conversation,
    }
    return {name: value for name, value in everything.items() if name in fields}


def _people(people: Iterable[Person], request: Request) -> list[dict[str, Any]]:
    return [person(each, request) for each in {each.id: each for each in people}.values()]


def _asked(request: Request, name: str) -> set[str]:
    return set(filter(None, request.query_params.get(name, "").split(",")))
