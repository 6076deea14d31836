"""The addresses of the Graph API and of signing in."""

import hmac
import json
import secrets
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.simulators.facebook.control import control
from tests.simulators.facebook.fields import Asked, only, parsed
from tests.simulators.facebook.world import (
    APP,
    GONE,
    SECRET,
    FaultError,
    Message,
    Person,
    Said,
    World,
)

PAGE = 25  # of a list where nothing was said


async def _given(request: Request) -> dict[str, Any]:
    """Of the query, a form or JSON, as all of them are taken."""
    found: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        found |= json.loads(body or b"{}")
    else:
        found |= dict(parse_qsl(body.decode()))
    return found


def _entered(request: Request, given: dict[str, Any]) -> Person:
    """Whose token this is. Raises FaultError."""
    world: World = request.app.state.world
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    token = given.get("access_token") or token
    who, _ = world.tokens.get(token, (None, ""))
    if who is None:
        raise FaultError(400, 190, "Error validating access token: Session has expired", 463)
    proof = given.get("appsecret_proof")
    if proof and proof != hmac.digest(SECRET.encode(), token.encode(), "sha256").hex():
        raise FaultError(400, 100, "Invalid appsecret_proof provided in the API argument")
    request.state.who = who
    who.calls += 1
    if who.calls > who.cap:
        raise FaultError(400, 32, "(#32) Page request limit reached")
    return who


def _allowed(who: Person, scope: str) -> None:
    if scope not in who.scopes.split(","):
        raise FaultError(403, 200, f"(#200) Requires {scope} permission to manage the object")


async def node(request: Request) -> Response:
    """An object: looked at, changed or deleted."""
    world: World = request.app.state.world
    given = await _given(request)
    who = _entered(request, given)
    number = request.path_params["number"]
    if number in {"me", who.id}:
        about = {"id": who.id, "name": who.name, "link": f"https://www.facebook.com/{who.id}"}
        about |= {"username": who.name.lower()}
        return JSONResponse(only(about, parsed(given.get("fields", "id,name"))))
    said = world.found(number)
    if request.method == "GET":
        asked = parsed(given.get("fields", "id,message"))
        return JSONResponse(only(_shown(world, said), asked))
    _allowed(who, "pages_manage_engagement")
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
    given = await _given(request)
    who = _entered(request, given)
    number, name = request.path_params["number"], request.path_params["edge"]
    number = who.id if number == "me" else number
    if request.method == "GET":
        asked = parsed(given.get("fields", "id"))
        return JSONResponse(_listed(world, who, number, name, given, asked))
    if name == "comments":
        _allowed(who, "pages_manage_engagement")
        return JSONResponse({"id": world.say(who, who, given.get("message", ""), number).id})
    if name == "messages" and number == who.id:
        _allowed(who, "pages_messaging")
        return JSONResponse(_message(world, who, given))
    if name == "subscribed_apps" and number == who.id:
        _allowed(who, "pages_manage_metadata")
        who.hooks = given["subscribed_fields"]
        return JSONResponse({"success": True})
    raise FaultError(400, 100, GONE.format(number), 33)


def _message(world: World, who: Person, given: dict[str, Any]) -> dict[str, str]:
    to, text = (_opened(given[name]) for name in ("recipient", "message"))
    about = to.get("comment_id") or to.get("post_id")
    if about:
        made = world.reply_privately(who, about, text["text"])
    else:
        known = {each.id: each for each in world.people.values()}
        if to["id"] not in known:
            raise FaultError(400, 100, "(#100) No matching user found", 2_018_001)
        made = world.write(who, known[to["id"]], text["text"])
    return {"recipient_id": made.other.id, "message_id": made.id}


def _opened(value: Any) -> dict[str, str]:
    """A form has objects as JSON."""
    found: dict[str, str] = json.loads(value) if isinstance(value, str) else value
    return found


def _listed(  # noqa: PLR0917  # all that a list depends on
    world: World, who: Person, number: str, name: str, given: dict[str, Any], asked: Asked
) -> dict[str, Any]:
    if name in {"feed", "tagged"} and number == who.id:
        _allowed(who, "pages_read_user_content")
        tops = [e for e in world.said.values() if not e.below and e.page is who]
        found = [e for e in tops if e.tags == (name == "tagged")]
        return _page([_shown(world, e) for e in reversed(found)], given, asked)
    if name == "comments":
        return _comments(world, number, given, asked)
    if name == "conversations" and number == who.id:
        _allowed(who, "pages_messaging")
        others = {m.other.id: m.other for m in reversed(world.messages) if m.page is who}
        return _page([_talk(world, who, other) for other in others.values()], given, asked)
    if name == "messages" and number.startswith("t_"):
        return _messages(world, who, _other(world, number), given, asked)
    if name == "accounts":
        looked = world.looks_after.get(who.id, [])
        pages = [
            {"id": p.id, "name": p.name, "access_token": world.token(p, "page")} for p in looked
        ]
        return _page(pages, given, asked)
    raise FaultError(400, 100, GONE.format(number), 33)


def _other(world: World, number: str) -> Person:
    return next(each for each in world.people.values() if f"t_{each.id}" == number)


def _comments(world: World, number: str, given: dict[str, Any], asked: Asked) -> dict[str, Any]:
    found = world.comments(number, stream=given.get("filter") == "stream")
    if given.get("order") == "reverse_chronological":
        found.reverse()
    return _page([_shown(world, each) for each in found], given, asked)


def _page(found: list[dict[str, Any]], given: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """Some of them; a cursor is the id of the last."""
    size, start = min(int(given.get("limit", PAGE)), 100), 0
    if after := given.get("after"):
        numbers = [each["id"] for each in found]
        start = numbers.index(after) + 1 if after in numbers else 0
    shown = found[start : start + size]
    if not shown:
        return {"data": []}
    paging: dict[str, Any] = {"cursors": {"before": shown[0]["id"], "after": shown[-1]["id"]}}
    if start + size < len(found):
        paging["next"] = "https://graph.facebook.com/next?access_token=hidden"
    return {"data": [only(each, asked) for each in shown], "paging": paging}


def _shown(world: World, said: Said) -> dict[str, Any]:
    return {
        "id": said.id,
        "message": said.text,
        "from": None if said.nameless else {"id": said.author.id, "name": said.author.name},
        "created_time": _moment(said.at),
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
    return _page([_written(each) for each in found], given, asked)


def _written(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "message": message.text,
        "from": {"id": message.author.id, "name": message.author.name},
        "created_time": _moment(message.at),
    }


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


async def authorize(request: Request) -> Response:
    """The page on which somebody lets an app in; here they do at once. `user` says who it is."""
    asked = request.query_params
    world: World = request.app.state.world
    code = secrets.token_hex(8)
    who = world.person(asked.get("user", "anna"))
    for page in world.looks_after.get(who.id, []):
        page.scopes = asked["scope"]
    world.codes[code] = (who, asked["redirect_uri"])
    said = urlencode({"code": code, "state": asked["state"]})
    return RedirectResponse(f"{asked['redirect_uri']}?{said}", 302)


async def access(request: Request) -> Response:
    """A code for a token, or a short token for a lasting one."""
    world: World = request.app.state.world
    given = await _given(request)
    if (given.get("client_id"), given.get("client_secret")) != (APP, SECRET):
        raise FaultError(400, 1, "Error validating client secret.")
    if given.get("grant_type") == "fb_exchange_token":
        who, _ = world.tokens.pop(given["fb_exchange_token"], (None, ""))
        if who is None:
            raise FaultError(400, 190, "Invalid OAuth access token.")
        return JSONResponse({"access_token": world.token(who, "lasting"), "token_type": "bearer"})
    who, back = world.codes.pop(given.get("code", ""), (None, ""))
    if who is None or back != given.get("redirect_uri"):
        raise FaultError(400, 100, "This authorization code has been used.", 36_009)
    return JSONResponse({"access_token": world.token(who, "short"), "expires_in": 3600})


async def debug(request: Request) -> Response:
    """What is known of a token; only the app itself may ask."""
    world: World = request.app.state.world
    given = await _given(request)
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if (given.get("access_token") or token) != f"{APP}|{SECRET}":
        raise FaultError(400, 190, "Invalid OAuth access token signature.")
    who, kind = world.tokens.get(given["input_token"], (None, ""))
    if who is None:
        return JSONResponse({"data": {"is_valid": False, "scopes": []}})
    ends = int(time.time()) + 90 * 86_400
    data = {"app_id": APP, "type": kind.upper(), "is_valid": True, "expires_at": 0}
    data |= {"data_access_expires_at": ends, "scopes": who.scopes.split(",")}
    return JSONResponse({"data": data})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, FaultError)
    said: dict[str, Any] = {"message": error.message, "type": "OAuthException", "code": error.code}
    if error.subcode:
        said["error_subcode"] = error.subcode
    said["fbtrace_id"] = "A1b2C3"
    return JSONResponse({"error": said}, error.status)


def _usage(request: Request) -> dict[str, str]:
    who: Person | None = getattr(request.state, "who", None)
    if who is None:
        return {}
    share = min(100, who.calls * 100 // max(who.cap, 1))
    figures: dict[str, Any] = {"call_count": share, "total_cputime": 1, "total_time": 1}
    wait = who.minutes if who.calls > who.cap else 0
    entry = {"type": "pages", **figures, "estimated_time_to_regain_access": wait}
    return {"x-business-use-case-usage": json.dumps({who.id: [entry]})}


async def _told(request: Request, call_next: Any) -> Response:
    """Each answer has the percentages."""
    answer: Response = await call_next(request)
    answer.headers.update(_usage(request))
    return answer


def application() -> Starlette:
    """A Facebook that knows nobody yet; the version stands before each path."""
    app = Starlette(
        routes=[
            Route("/control/{what}", control, methods=["POST"]),
            Route("/{version}/dialog/oauth", authorize),
            Route("/{version}/oauth/access_token", access),
            Route("/{version}/debug_token", debug),
            Route("/{version}/{number}", node, methods=["GET", "POST", "DELETE"]),
            Route("/{version}/{number}/", node, methods=["GET", "POST", "DELETE"]),
            Route("/{version}/{number}/{edge}", edge, methods=["GET", "POST"]),
        ],
        exception_handlers={FaultError: _refused},
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_told)],
    )
    app.state.world = World()
    return app
