"""The addresses of the API and of signing in, and what tests make happen."""

import base64
import hashlib
import json
import secrets
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.simulators.youtube.document import held_to
from tests.simulators.youtube.world import CLIENT, COSTS, SECRET, FaultError, Person, Said, World

INLINE = 5  # replies that come along with a thread
BASE = "/youtube/v3"


def _entered(request: Request, resource: str, method: str, body: Any = None) -> Person:
    """Whose name this call is in, once it is one of the API and paid for. Raises FaultError."""
    world: World = request.app.state.world
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    who, ends = world.tokens.get(token, (None, 0.0))
    if who is None or ends < time.time():
        raise FaultError(401, "authError", "Invalid Credentials")
    if "force-ssl" not in who.scopes and method != "list":
        raise FaultError(403, "insufficientPermissions", "Insufficient Permission")
    try:
        held_to(request, resource, method, body)
    except FaultError:
        world.spend(1)
        raise
    world.spend(COSTS[method])
    return who


async def channels(request: Request) -> Response:
    """Those of the account."""
    who = _entered(request, "channels", "list")
    snippet = {"title": who.handle[1:].title(), "customUrl": who.handle}
    about = {"kind": "youtube#channel", "etag": "x", "id": who.id, "snippet": snippet}
    return JSONResponse({"kind": "youtube#channelListResponse", "etag": "x", "items": [about]})


async def threads(request: Request) -> Response:
    """commentThreads.list."""
    world: World = request.app.state.world
    who = _entered(request, "commentThreads", "list")
    given = request.query_params
    filters = [n for n in ("allThreadsRelatedToChannelId", "id", "videoId") if given.get(n)]
    if len(filters) != 1:
        raise FaultError(400, "invalidFilters", "Name exactly one filter.")
    tops = [each for each in world.comments.values() if not each.parent]
    if "id" in given:
        if {"maxResults", "order", "pageToken", "moderationStatus"} & set(given):
            raise FaultError(400, "incompatibleParameters", "Not together with id.")
        found = [each for each in tops if each.id in given["id"].split(",")]
        return JSONResponse(_page("Thread", [_thread(world, each, given) for each in found], ""))
    status = given.get("moderationStatus", "published")
    owner = given.get("allThreadsRelatedToChannelId", "")
    if status != "published" and who.id != owner:
        raise FaultError(403, "forbidden", "Only its owner may see these.")
    found = [each for each in tops if each.owner.id == owner and each.status == status]
    found.sort(key=lambda each: -each.order)
    shown, token = _cut(found, given)
    return JSONResponse(_page("Thread", [_thread(world, each, given) for each in shown], token))


async def listed(request: Request) -> Response:
    """comments.list."""
    world: World = request.app.state.world
    _entered(request, "comments", "list")
    given = request.query_params
    if given.get("parentId", "") not in world.comments:
        raise FaultError(404, "commentNotFound", "The comment could not be found.")
    shown, token = _cut(world.replies(given["parentId"]), given)
    return JSONResponse(_page("", [_comment(each, given) for each in shown], token))


async def insert(request: Request) -> Response:
    """comments.insert."""
    world: World = request.app.state.world
    body = await request.json()
    who = _entered(request, "comments", "insert", body)
    snippet = body.get("snippet", {})
    parent = snippet.get("parentId", "")
    if not parent:
        raise FaultError(400, "parentIdRequired", "No parentId was given.")
    owner = world.comments[parent].owner if parent in world.comments else who
    made = world.say(who, owner, snippet.get("textOriginal", ""), parent)
    return JSONResponse(_comment(made, request.query_params))


async def update(request: Request) -> Response:
    """comments.update."""
    world: World = request.app.state.world
    body = await request.json()
    who = _entered(request, "comments", "update", body)
    said = world.comments.get(body.get("id", ""))
    if said is None or said.author is not who:
        raise FaultError(403, "forbidden", "The comment cannot be changed.")
    said.text, said.changed = body["snippet"]["textOriginal"], time.time()
    return JSONResponse(_comment(said, request.query_params))


async def delete(request: Request) -> Response:
    """comments.delete."""
    _entered(request, "comments", "delete")
    request.app.state.world.delete(request.query_params["id"])
    return Response(status_code=204)


async def moderate(request: Request) -> Response:
    """comments.setModerationStatus."""
    world: World = request.app.state.world
    who = _entered(request, "comments", "setModerationStatus")
    found = [world.comments.get(each) for each in request.query_params["id"].split(",")]
    for said in found:
        if said is None:
            raise FaultError(404, "commentNotFound", "The comment could not be found.")
        if said.owner is not who:
            raise FaultError(403, "forbidden", "The comments cannot be moderated.")
    for said in found:
        if said is not None:
            said.status = request.query_params["moderationStatus"]
    return Response(status_code=204)


def _cut(found: list[Said], given: Any) -> tuple[list[Said], str]:
    size, start = int(given.get("maxResults", "20")), 0
    if token := given.get("pageToken"):
        order = int(base64.urlsafe_b64decode(token))
        start = next((n for n, each in enumerate(found) if each.order < order), len(found))
    shown = found[start : start + size]
    more = start + size < len(found)
    return shown, base64.urlsafe_b64encode(str(shown[-1].order).encode()).decode() if more else ""


def _page(kind: str, items: list[Any], token: str) -> dict[str, Any]:
    return {
        "kind": f"youtube#comment{kind}ListResponse",
        "etag": "x",
        "pageInfo": {"totalResults": len(items), "resultsPerPage": len(items)},
        "items": items,
        **({"nextPageToken": token} if token else {}),
    }


def _thread(world: World, top: Said, given: Any) -> dict[str, Any]:
    replies = world.replies(top.id)
    snippet = {
        "channelId": top.owner.id,
        "videoId": top.owner.video,
        "topLevelComment": _comment(top, given),
        "canReply": True,
        "totalReplyCount": len(replies),
        "isPublic": top.status == "published",
    }
    shown = [_comment(each, given) for each in replies[:INLINE]]
    more = {"replies": {"comments": shown}} if shown and "replies" in given["part"] else {}
    return {
        "kind": "youtube#commentThread",
        "etag": "x",
        "id": top.id,
        "snippet": snippet,
        **more,
    }


def _comment(said: Said, given: Any) -> dict[str, Any]:
    snippet = {
        "channelId": said.owner.id,
        "videoId": said.owner.video,
        "textDisplay": said.text,
        "textOriginal": said.text,
        "authorDisplayName": said.author.handle,
        "authorChannelId": {"value": said.author.id},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": 0,
        "publishedAt": _moment(said.at),
        "updatedAt": _moment(said.changed or said.at),
        **({"parentId": said.parent} if said.parent else {}),
        **({"moderationStatus": said.status} if said.status != "published" else {}),
    }
    return {"kind": "youtube#comment", "etag": "x", "id": said.id, "snippet": snippet}


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


async def authorize(request: Request) -> Response:
    """The page on which somebody lets an app in; here they do at once. `user` says who it is."""
    asked = request.query_params
    world: World = request.app.state.world
    code = secrets.token_hex(8)
    who = world.person(asked.get("user", "brand"))
    who.scopes = asked["scope"]
    world.codes[code] = (who, asked["code_challenge"], asked["redirect_uri"])
    said = urlencode({"code": code, "state": asked["state"]})
    return RedirectResponse(f"{asked['redirect_uri']}?{said}", 302)


async def token(request: Request) -> Response:
    """A code for tokens, or a renewal token for a new one."""
    world: World = request.app.state.world
    form = dict(parse_qsl((await request.body()).decode()))
    if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
        return JSONResponse({"error": "invalid_client"}, 401)
    if form.get("grant_type") == "refresh_token":
        who = world.renewals.get(form.get("refresh_token", ""))
        if who:
            return JSONResponse({"access_token": world.grant(who)["access_token"]})
    elif form.get("code") in world.codes:
        who, challenge, back = world.codes.pop(form["code"])
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (proof, form.get("redirect_uri")) == (challenge, back):
            return JSONResponse(world.grant(who))
    said = {"error": "invalid_grant", "error_description": "Bad Request"}
    return JSONResponse(said, 400)


async def control(request: Request) -> Response:
    """What happens there, by somebody outside or by the test's hand."""
    world: World = request.app.state.world
    given = await request.json()
    what = request.path_params["what"]
    said: Any = {}
    if what == "person":
        who = world.person(given["handle"])
        said = {"id": who.id, **world.grant(who, given.get("lasts", 3600))}
    elif what == "say":
        above = world.comments.get(given.get("reply_to") or "")
        top = above.parent or above.id if above else ""
        name = f"{above.author.handle} " if above and above.parent else ""
        text = name + given["text"]
        made = world.say(world.person(given["who"]), world.person(given["to"]), text, top)
        made.status = given.get("status", "published")
        said = {"id": made.id}
    elif what == "edit":
        world.comments[given["id"]].text = given["text"]
    elif what == "delete":
        world.delete(given["id"])
    elif what == "status":
        world.comments[given["id"]].status = given["status"]
    elif what == "looks":
        said = world.comments[given["id"]].status
    elif what == "change":
        world.units, world.spent = given.get("units", world.units), given.get("spent", world.spent)
    elif what == "spent":
        said = world.spent
    elif what == "scopes":
        world.person(given["handle"]).scopes = given["scopes"]
    else:
        found = sorted(world.comments.values(), key=lambda each: each.order)
        said = [
            {"id": s.id, "who": s.author.handle, "text": s.text, "parent": s.parent}
            for s in found
            if s.owner is world.person(given["to"])
        ]
    return JSONResponse(said)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, FaultError)
    each = {"message": error.message, "domain": "youtube", "reason": error.reason}
    said = {"code": error.status, "message": error.message, "errors": [each]}
    return Response(json.dumps({"error": said}), error.status, media_type="application/json")


def application() -> Starlette:
    """A YouTube that knows nobody yet."""
    app = Starlette(
        routes=[
            Route(f"{BASE}/channels", channels),
            Route(f"{BASE}/commentThreads", threads),
            Route(f"{BASE}/comments", listed, methods=["GET"]),
            Route(f"{BASE}/comments", insert, methods=["POST"]),
            Route(f"{BASE}/comments", update, methods=["PUT"]),
            Route(f"{BASE}/comments", delete, methods=["DELETE"]),
            Route(f"{BASE}/comments/setModerationStatus", moderate, methods=["POST"]),
            Route("/o/oauth2/v2/auth", authorize),
            Route("/token", token, methods=["POST"]),
            Route("/control/{what}", control, methods=["POST"]),
        ],
        exception_handlers={FaultError: _refused},
    )
    app.state.world = World()
    return app
