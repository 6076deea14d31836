"""The addresses of Instagram in the Graph API."""

from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.simulators.graph.asking import (
    allowed,
    brought,
    entered,
    opened,
    page,
    refused,
    told,
)
from tests.simulators.graph.entering import accounts, routes
from tests.simulators.graph.fields import Asked, only, parsed
from tests.simulators.graph.world import GONE, FaultError, Person
from tests.simulators.instagram import shown
from tests.simulators.instagram.control import control
from tests.simulators.instagram.world import Account, World

LIMITED = (80_002, "(#80002) There have been too many calls to this Instagram account.")
COMMENTS, MESSAGES = "instagram_manage_comments", "instagram_manage_messages"


async def node(request: Request) -> Response:
    """An object: looked at, hidden, shown again or deleted."""
    world: World = request.app.state.world
    given = await brought(request)
    who = entered(request, given)
    number = request.path_params["number"]
    if number in {"me", who.id} or not who.page:
        linked = world.of(who) if who.page else None
        about: dict[str, Any] = {"id": who.id, "name": who.name}
        about["instagram_business_account"] = shown.account(world, linked) if linked else None
        return JSONResponse(only(about, parsed(given.get("fields", "id,name"))))
    us = world.of(who)
    if request.method == "GET":
        allowed(who, "instagram_basic")
        asked = parsed(given.get("fields", "id"))
        return JSONResponse(only(_looked_at(world, us, number), asked))
    allowed(who, COMMENTS)
    said = world.found(us, number)
    if request.method == "DELETE":
        world.delete(number)
    elif "hide" not in given:
        raise FaultError(400, 100, "(#100) The parameter hide is required")
    else:
        # What the owner of a picture says below it is always displayed.
        hidden = str(given["hide"]).lower() in {"true", "1"}
        said.hidden = hidden and said.author is not us
    return JSONResponse({"success": True})


def _looked_at(world: World, us: Account, number: str) -> dict[str, Any]:
    if number == us.id:
        return shown.account(world, us)
    if number in world.media and world.media[number].owner is us:
        return shown.own(world, us, world.media[number])
    return shown.comment(world, us, world.found(us, number))


async def edge(request: Request) -> Response:
    """A list of an object, or something new on it."""
    world: World = request.app.state.world
    given = await brought(request)
    who = entered(request, given)
    number, name = request.path_params["number"], request.path_params["edge"]
    number = who.id if number == "me" else number
    if name == "accounts":
        asked = parsed(given.get("fields", "id"))
        return JSONResponse(page(accounts(world, who), given, asked))
    us = world.of(who)
    if request.method == "GET":
        asked = parsed(given.get("fields", "id"))
        return JSONResponse(_listed(world, us, number, name, given, asked))
    if name == "messages" and number == who.id:
        return JSONResponse(_message(world, us, given))
    if name == "subscribed_apps" and number == who.id:
        allowed(who, "pages_manage_metadata")
        who.hooks = given["subscribed_fields"]
        return JSONResponse({"success": True})
    allowed(who, COMMENTS)
    return JSONResponse({"id": _said(world, us, number, name, given)})


def _said(world: World, us: Account, number: str, name: str, given: dict[str, Any]) -> str:
    """A new comment of ours, by its id."""
    text = given.get("message", "")
    if name == "replies":
        above = world.found(us, number)
        return world.say(us, above.media, text, above).id
    if name == "comments" and number in world.media and world.media[number].owner is us:
        return world.say(us, world.media[number], text).id
    if name == "mentions" and number == us.id:
        if "comment_id" in given:
            named = world.mentioned(us, given["comment_id"])
            return world.say(us, named.media, text, named).id
        made = world.say(us, world.mentioned_media(us, given["media_id"]), text)
        made.answers = given["media_id"]
        return made.id
    raise FaultError(400, 100, GONE.format(number), 33)


def _message(world: World, us: Account, given: dict[str, Any]) -> dict[str, str]:
    allowed(us.page, "pages_messaging")
    to, text = (opened(given[name]) for name in ("recipient", "message"))
    if about := to.get("comment_id"):
        allowed(us.page, COMMENTS)
        made = world.reply_privately(us, about, text["text"])
    else:
        allowed(us.page, MESSAGES)
        known = {each.id: each for each in world.people.values()}
        if to["id"] not in known:
            raise FaultError(400, 100, "(#100) No matching user found", 2_018_001)
        made = world.write(us, known[to["id"]], text["text"])
    return {"recipient_id": made.other.id, "message_id": made.id}


def _listed(  # noqa: PLR0917  # all that a list depends on
    world: World, us: Account, number: str, name: str, given: dict[str, Any], asked: Asked
) -> dict[str, Any]:
    allowed(us.page, "instagram_basic")
    if name == "media" and number == us.id:
        return shown.media(world, us, given, asked)
    if name == "tags" and number == us.id:
        allowed(us.page, COMMENTS)
        return shown.tags(world, us, given, asked)
    if name == "comments" and number in world.media and world.media[number].owner is us:
        return shown.comments(world, us, world.media[number], given, asked)
    if name == "replies":
        return shown.replies(world, us, world.found(us, number), given, asked)
    if (
        name == "conversations"
        and number == us.page.id
        and given.get("platform", "").lower() == "instagram"
    ):
        allowed(us.page, MESSAGES)
        others = {m.other.id: m.other for m in reversed(world.messages) if m.account is us}
        wanted = given.get("user_id")
        talks = [o for o in others.values() if not wanted or o.id == wanted]
        return page([shown.conversation(world, us, each) for each in talks], given, asked)
    if name == "messages" and number.startswith("t_"):
        return shown.messages(world, us, _other(world, number), given, asked)
    raise FaultError(400, 100, GONE.format(number), 33)


def _other(world: World, number: str) -> Person:
    return next(each for each in world.people.values() if f"t_{each.id}" == number)


def application() -> Starlette:
    """An Instagram that knows nobody yet; the version stands before each path."""
    app = Starlette(
        routes=[
            Route("/control/{what}", control, methods=["POST"]),
            *routes(),
            Route("/{version}/{number}", node, methods=["GET", "POST", "DELETE"]),
            Route("/{version}/{number}/", node, methods=["GET", "POST", "DELETE"]),
            Route("/{version}/{number}/{edge}", edge, methods=["GET", "POST"]),
        ],
        exception_handlers={FaultError: refused},
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=told("instagram"))],
    )
    app.state.world, app.state.limited = World(), LIMITED
    return app
