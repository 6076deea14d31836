"""The calls that write: a post, a deletion, a direct message."""

from base64 import b64decode
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rejoinder.channels.x import counting
from tests.simulators.x import doors, hooks
from tests.simulators.x.problems import DOUBLE, NOT_SUMMONED, forbidden, invalid, no_credits
from tests.simulators.x.reading import parts
from tests.simulators.x.world import Message, Person, Upload, World

ANSWERED, PLAIN, LINKED = 0.01, 0.015, 0.2  # dollars; docs.x.com, Pricing
KNOWN = {
    "text",
    "reply",
    "quote_tweet_id",
    "media",
    "poll",
    "reply_settings",
    "for_super_followers_only",
}


async def post(request: Request) -> Response:
    """POST /2/tweets."""
    world, limits = parts(request)
    us = doors.user(world, request, "tweet.read", "tweet.write", "users.read")
    headers = limits.take("post", us.id, world.now())
    body = await read(request)
    if unknown := set(body) - KNOWN:
        raise invalid(f"The body has fields that are not known: {sorted(unknown)}")
    to = (body.get("reply") or {}).get("in_reply_to_tweet_id", "")
    text = str(body.get("text", ""))
    _may(world, us, text, to)
    pictures = _pictures(world, us, body.get("media") or {})
    world.app.credits -= ANSWERED if to else LINKED if "://" in text else PLAIN
    tweet = world.say(us, text, reply_to=to, quotes=str(body.get("quote_tweet_id") or ""))
    tweet.pictures = pictures
    await hooks.tell(request.app, tweet)
    data = {"id": tweet.id, "text": tweet.text, "edit_history_tweet_ids": tweet.history}
    return JSONResponse({"data": data}, 201, headers)


async def upload(request: Request) -> Response:
    """POST /2/media/upload, in one piece: base64 in JSON."""
    world, limits = parts(request)
    us = doors.user(world, request, "media.write")
    headers = limits.take("upload", us.id, world.now())
    body = await read(request)
    try:
        data = b64decode(body.get("media", ""), validate=True)
    except (ValueError, TypeError):
        raise invalid("media is not valid base64.") from None
    if body.get("media_category") != "tweet_image":
        raise invalid("media_category parameter is not valid.")
    if not data.startswith((b"\xff\xd8", b"\x89PNG", b"GIF8")) or len(data) > 5_000_000:
        raise invalid("The media could not be accepted.")
    kept = Upload(world.number(), us.id, data)
    world.uploads[kept.id] = kept
    told = {"id": kept.id, "media_key": f"3_{kept.id}", "expires_after_secs": 86_400}
    return JSONResponse({"data": told | {"size": len(data)}}, headers=headers)


async def metadata(request: Request) -> Response:
    """POST /2/media/metadata: what a picture shows."""
    world, limits = parts(request)
    us = doors.user(world, request, "media.write")
    headers = limits.take("metadata", us.id, world.now())
    body = await read(request)
    kept = world.uploads.get(str(body.get("id", "")))
    alt = ((body.get("metadata") or {}).get("alt_text") or {}).get("text", "")
    if kept is None or kept.owner != us.id or not alt or len(alt) > 1000:
        raise invalid("One or more parameters to your request was invalid.")
    kept.alt = alt
    told = {"id": kept.id, "associated_metadata": {"alt_text": {"text": alt}}}
    return JSONResponse({"data": told}, headers=headers)


def _pictures(world: World, us: Person, media: dict[str, Any]) -> list[Upload]:
    asked = [str(each) for each in media.get("media_ids") or ()]
    found = [world.uploads[n] for n in asked if n in world.uploads]
    if len(found) < len(asked) or any(each.owner != us.id for each in found):
        raise invalid("Your media IDs are invalid.")
    if any(each.film and each.state != "succeeded" for each in found):
        raise invalid("Your media IDs are invalid.")
    if len(found) > 4:
        raise invalid("Duplicate media IDs or more than 4.")
    return found


def _may(world: World, us: Person, text: str, to: str) -> None:
    """Raises ProblemError when X does not take it."""
    if world.app.credits <= 0:
        raise no_credits()
    if not text.strip():
        raise invalid("One or more parameters to your request was invalid.")
    if counting.count(text).used > 280:
        raise forbidden("Your Tweet text is too long.")
    if to:
        target = world.tweets.get(to)
        if target is None or target.deleted:
            raise forbidden(
                "You attempted to reply to a Tweet that is deleted or not visible to you."
            )
        if world.app.tier == "self-serve" and not world.summoned(us, target):
            raise forbidden(NOT_SUMMONED)
    said = {(t.text, t.reply_to) for t in world.standing() if t.author.id == us.id}
    parent = world.tweets[to].history[0] if to else ""
    if (text, parent) in said:
        raise forbidden(DOUBLE)


async def delete(request: Request) -> Response:
    """DELETE /2/tweets/:id."""
    world, limits = parts(request)
    us = doors.user(world, request, "tweet.read", "tweet.write", "users.read")
    headers = limits.take("delete", us.id, world.now())
    number = request.path_params["id"]
    tweet = world.tweets.get(number)
    if tweet is None or tweet.author.id != us.id:
        raise forbidden("You are not authorized to delete this Tweet.")
    world.delete(number)
    await hooks.tell_deleted(request.app, tweet)
    return JSONResponse({"data": {"deleted": True}}, headers=headers)


async def message(request: Request) -> Response:
    """POST /2/dm_conversations/with/:id/messages."""
    world, limits = parts(request)
    us = doors.user(world, request, "dm.write", "tweet.read", "users.read")
    headers = limits.take("message", us.id, world.now())
    to = world.by_id(request.path_params["id"])
    text = str((await read(request)).get("text", ""))
    if to is None or not text:
        raise invalid("One or more parameters to your request was invalid.")
    if to.closed and not any(m.sender is to and m.to is us for m in world.messages):
        raise forbidden("You do not have permission to DM one or more participants.")
    sent = Message(world.number(), us, to, text, world.now())
    world.messages.append(sent)
    data = {"dm_conversation_id": sent.conversation, "dm_event_id": sent.id}
    return JSONResponse({"data": data}, 201, headers)


async def read(request: Request) -> dict[str, Any]:
    """The body of a call. Raises ProblemError."""
    try:
        found = await request.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise invalid("The request body is not valid JSON.")
    return found
