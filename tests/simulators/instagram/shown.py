"""Objects of Instagram as the API shows them, and their lists."""

from typing import Any

from tests.simulators.graph.asking import moment, page
from tests.simulators.graph.fields import Asked, only
from tests.simulators.graph.world import Person
from tests.simulators.instagram.world import Account, Comment, Media, Message, World

MOST = 50  # comments in one answer
READABLE = 20  # messages of a conversation, the newest ones
SITE = "https://www.instagram.com"


def account(world: World, us: Account) -> dict[str, Any]:
    """Our own; what names us elsewhere is asked of it by its id."""

    def comment_of(given: dict[str, str], fields: Asked) -> Any:
        return only(mention(world.mentioned(us, given["comment_id"])), fields)

    def media_of(given: dict[str, str], fields: Asked) -> Any:
        return only(seen(world.mentioned_media(us, given["media_id"]), us), fields)

    return {
        "id": us.id,
        "username": us.username,
        "name": us.username.title(),
        "media_count": sum(each.owner is us for each in world.media.values()),
        "media": lambda given, fields: media(world, us, given, fields),
        "tags": lambda given, fields: tags(world, us, given, fields),
        "mentioned_comment": comment_of,
        "mentioned_media": media_of,
    }


def media(world: World, us: Account, given: dict[str, Any], fields: Asked) -> dict[str, Any]:
    """Ours, the newest first."""
    found = [each for each in world.media.values() if each.owner is us]
    return page([own(world, us, each) for each in reversed(found)], given, fields)


def tags(world: World, us: Account, given: dict[str, Any], fields: Asked) -> dict[str, Any]:
    """Others' with us in it, the newest first."""
    found = [each for each in world.media.values() if us in each.tags]
    return page([seen(each, us) for each in reversed(found)], given, fields)


def own(world: World, us: Account, shown: Media) -> dict[str, Any]:
    """A picture of ours."""
    below = [each for each in world.comments.values() if each.media is shown]
    return {
        **seen(shown, us),
        "caption": shown.caption,
        "comments_count": len(below),
        "comments": lambda given, fields: comments(world, us, shown, given, fields),
    }


def seen(shown: Media, us: Account) -> dict[str, Any]:
    """A picture as others see it: without the @ before our name where it is not ours."""
    return {
        "id": shown.id,
        "caption": shown.caption.replace(f"@{us.username}", us.username),
        "timestamp": moment(shown.at),
        "permalink": f"{SITE}/p/{shown.id}/",
        "media_type": "IMAGE",
        "media_product_type": "FEED",
        "media_url": f"https://cdn.example.com/{shown.id}.jpg",
        "username": handle(shown.owner),
        "comments_count": 0,
    }


def comments(
    world: World, us: Account, shown: Media, given: dict[str, Any], fields: Asked
) -> dict[str, Any]:
    """Those on the top level, the newest first."""
    found = [c for c in world.comments.values() if _listed(c) and c.media is shown and not c.parent]
    return page([comment(world, us, each) for each in reversed(found)], given, fields, MOST)


def replies(
    world: World, us: Account, said: Comment, given: dict[str, Any], fields: Asked
) -> dict[str, Any]:
    """Those below a comment, the oldest first."""
    found = [each for each in world.comments.values() if _listed(each) and each.parent == said.id]
    return page([comment(world, us, each) for each in found], given, fields, MOST)


def comment(world: World, us: Account, said: Comment) -> dict[str, Any]:
    """A comment below our media; `user` is told of our own alone."""
    nobody = said.nameless
    return {
        "id": said.id,
        "text": said.text,
        "timestamp": moment(said.at),
        "from": None if nobody else {"id": said.author.id, "username": handle(said.author)},
        "username": None if nobody else handle(said.author),
        "user": {"id": us.id} if said.author is us else None,
        "parent_id": said.parent or None,
        "hidden": said.hidden,
        "like_count": 0,
        "media": lambda given, fields: only(own(world, us, said.media), fields),
        "replies": lambda given, fields: _some(replies(world, us, said, given, fields)),
    }


def mention(said: Comment) -> dict[str, Any]:
    """A comment that names us, as `mentioned_comment` tells it: not who wrote it."""
    shown = {"id": said.media.id, "media_url": f"https://cdn.example.com/{said.media.id}.jpg"}
    shown["permalink"] = f"{SITE}/p/{said.media.id}/"
    return {
        "id": said.id,
        "text": said.text,
        "timestamp": moment(said.at),
        "like_count": 0,
        "media": lambda given, fields: only(shown, fields),
    }


def conversation(world: World, us: Account, other: Person) -> dict[str, Any]:
    """What one person and we wrote each other."""
    people = [{"id": us.id, "username": us.username}, {"id": other.id, "username": handle(other)}]
    return {
        "id": f"t_{other.id}",
        "participants": {"data": people},
        "messages": lambda given, fields: messages(world, us, other, given, fields),
    }


def messages(
    world: World, us: Account, other: Person, given: dict[str, Any], fields: Asked
) -> dict[str, Any]:
    """The newest first; of those that are not among the last 20 no details are told."""
    found = [m for m in reversed(world.messages) if m.account is us and m.other is other]
    return page([_written(each) for each in found[:READABLE]], given, fields)


def handle(who: Account | Person) -> str:
    """As people see it."""
    return who.username if isinstance(who, Account) else who.name.lower()


def _written(said: Message) -> dict[str, Any]:
    who: Account | Person = said.account if said.ours else said.other
    picture = {"image_data": {"url": said.picture}} if said.picture else {}
    return {
        "id": said.id,
        "message": said.text,
        "from": {"id": who.id, "username": handle(who)},
        "created_time": moment(said.at),
        "attachments": {"data": [picture]} if picture else None,
    }


def _listed(said: Comment) -> bool:
    return not said.unlisted


def _some(found: dict[str, Any]) -> dict[str, Any] | None:
    """A list with nothing in it is left out of what it belongs to."""
    return found if found["data"] else None
