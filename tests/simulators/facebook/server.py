"""The addresses of the Graph API and of signing in."""

from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.simulators.facebook.control import control
from tests.simulators.facebook.world import Message, Said, World
from tests.simulators.graph.asking import (
    allowed,
    brought,
    entered,
    moment,
    opened,
    page,
    refused,
    told,
)
from tests.simulators.graph.entering import accounts, routes
from tests.simulators.graph.fields import Asked, only, parsed
from tests.simulators.graph.world import GONE, FaultError, Person

LIMITED = (32, "(#32) Page request limit reached")


async def node(request: Request) -> Response:
    """An object: looked at, changed or deleted."""
    world: World = request.app.state.world
    given = await brought(request)
    who = entered(request, given)
    number = request.path_params["number"]
    if number in {"me", who.id}:
        about = {"id": who.id, "name": who.name, "link": f"https://www.facebook.com/{who.id}"}
        about |= {"username": who.name.lower()}
        return JSONResponse(only(about, parsed(given.get("fields", "id,name"))))
    said = world.found(number)
    if request.method == "GET":
        asked = parsed(given.get("fields", "id,message"))
        return JSONResponse(only(_shown(world, said), asked))
    allowed(who, "pages_manage_engagement")
    if request.method == "DELETE":
        world.delete(number)
    elif "is_hidden" in given:
        if said.author is who:
            raise FaultError(400, 1, "(#1) A Page's own comment cannot be hidden")
        said.hidden = str(given["is_hidden"]).lower() in {"true", "1"}
    elif said.author is not who:
        raise FaultError(403, 200, "(#200) Permissions error")
    else:
        said.text = given["message"]
    return JSONResponse({"success": True})


async def edge(request: Request) -> Response:
    """A list of an object, or something new on it."""
    world: World = request.app.state.world
    given = await brought(request)
    who = entered(request, given)
    number, name = request.path_params["number"], request.path_params["edge"]
    number = who.id if number == "me" else number
    if request.method == "GET":
        asked = parsed(given.get("fields", "id"))
        return JSONResponse(_listed(world, who, number, name, given, asked))
    if name == "comments":
        allowed(who, "pages_manage_engagement")
        return JSONResponse({"id": world.say(who, who, given.get("message", ""), number).id})
    if name == "messages" and number == who.id:
        allowed(who, "pages_messaging")
        return JSONResponse(_message(world, who, given))
    if name == "subscribed_apps" and number == who.id:
        allowed(who, "pages_manage_metadata")
        who.hooks = given["subscribed_fields"]
        return JSONResponse({"success": True})
    raise FaultError(400, 100, GONE.format(number), 33)


def _message(world: World, who: Person, given: dict[str, Any]) -> dict[str, str]:
    to, text = (opened(given[name]) for name in ("recipient", "message"))
    about = to.get("comment_id") or to.get("post_id")
    if about:
        made = world.reply_privately(who, about, text["text"])
    else:
        known = {each.id: each for each in world.people.values()}
        if to["id"] not in known:
            raise FaultError(400, 100, "(#100) No matching user found", 2_018_001)
        made = world.write(who, known[to["id"]], text["text"])
    return {"recipient_id": made.other.id, "message_id": made.id}


def _listed(  # noqa: PLR0917  # all that a list depends on
    world: World, who: Person, number: str, name: str, given: dict[str, Any], asked: Asked
) -> dict[str, Any]:
    if name in {"feed", "tagged"} and number == who.id:
        allowed(who, "pages_read_user_content")
        tops = [e for e in world.said.values() if not e.below and e.page is who]
        found = [e for e in tops if e.tags == (name == "tagged")]
        return page([_shown(world, e) for e in reversed(found)], given, asked)
    if name == "comments":
        return _comments(world, number, given, asked)
    if name == "conversations" and number == who.id:
        allowed(who, "pages_messaging")
        others = {m.other.id: m.other for m in reversed(world.messages) if m.page is who}
        return page([_talk(world, who, other) for other in others.values()], given, asked)
    if name == "messages" and number.startswith("t_"):
        return _messages(world, who, _other(world, number), given, asked)
    if name == "accounts":
        return page(accounts(world, who), given, asked)
    raise FaultError(400, 100, GONE.format(number), 33)


def _other(world: World, number: str) -> Person:
    return next(each for each in world.people.values() if f"t_{each.id}" == number)


def _comments(world: World, number: str, given: dict[str, Any], asked: Asked) -> dict[str, Any]:
    found = world.comments(number, stream=given.get("filter") == "stream")
    if given.get("order") == "reverse_chronological":
        found.reverse()
    return page([_shown(world, each) for each in found], given, asked)


def _shown(world: World, said: Said) -> dict[str, Any]:
    return {
        "id": said.id,
        "message": said.text,
        "from": None if said.nameless else {"id": said.author.id, "name": said.author.name},
        "created_time": moment(said.at),
        "permalink_url": f"https://www.facebook.com/{said.id}",
        "parent": {"id": said.parent} if said.parent else None,
        "attachment": None,
        "is_hidden": said.hidden,
        "comments": lambda given, asked: _comments(world, said.id, given, asked) or None,
    }


def _talk(world: World, who: Person, other: Person) -> dict[str, Any]:
    people = [{"id": each.id, "name": each.name} for each in (other, who)]
    number = f"t_{other.id}"
    return {
        "id": number,
        "participants": {"data": people},
        "messages": lambda given, asked: _messages(world, who, other, given, asked),
    }


def _messages(
    world: World, who: Person, other: Person, given: dict[str, Any], asked: Asked
) -> dict[str, Any]:
    found = [m for m in reversed(world.messages) if m.page is who and m.other is other]
    return page([_written(each) for each in found], given, asked)


def _written(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "message": message.text,
        "from": {"id": message.author.id, "name": message.author.name},
        "created_time": moment(message.at),
    }


def application() -> Starlette:
    """A Facebook that knows nobody yet; the version stands before each path."""
    app = Starlette(
        routes=[
            Route("/control/{what}", control, methods=["POST"]),
            *routes(),
            Route("/{version}/{number}", node, methods=["GET", "POST", "DELETE"]),
            Route("/{version}/{number}/", node, methods=["GET", "POST", "DELETE"]),
            Route("/{version}/{number}/{edge}", edge, methods=["GET", "POST"]),
        ],
        exception_handlers={FaultError: refused},
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=told("pages"))],
    )
    app.state.world, app.state.limited = World(), LIMITED
    return app
