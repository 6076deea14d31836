"""Signing in: Facebook Login as both use it."""

import secrets
import time
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.simulators.graph.asking import bearer, brought
from tests.simulators.graph.world import APP, SECRET, FaultError, Graph, Person


async def authorize(request: Request) -> Response:
    """The page on which somebody lets an app in; here they do at once. `user` says who it is."""
    asked = request.query_params
    world: Graph = request.app.state.world
    code = secrets.token_hex(8)
    who = world.person(asked.get("user", "anna"))
    for page in world.looks_after.get(who.id, []):
        page.scopes = asked["scope"]
    world.codes[code] = (who, asked["redirect_uri"])
    said = urlencode({"code": code, "state": asked["state"]})
    return RedirectResponse(f"{asked['redirect_uri']}?{said}", 302)


async def access(request: Request) -> Response:
    """A code for a token, or a short token for a lasting one."""
    world: Graph = request.app.state.world
    asked = await brought(request)
    if (asked.get("client_id"), asked.get("client_secret")) != (APP, SECRET):
        raise FaultError(400, 1, "Error validating client secret.")
    if asked.get("grant_type") == "fb_exchange_token":
        who, _ = world.tokens.pop(asked["fb_exchange_token"], (None, ""))
        if who is None:
            raise FaultError(400, 190, "Invalid OAuth access token.")
        return JSONResponse({"access_token": world.token(who, "lasting"), "token_type": "bearer"})
    who, back = world.codes.pop(asked.get("code", ""), (None, ""))
    if who is None or back != asked.get("redirect_uri"):
        raise FaultError(400, 100, "This authorization code has been used.", 36_009)
    return JSONResponse({"access_token": world.token(who, "short"), "expires_in": 3600})


async def debug(request: Request) -> Response:
    """What is known of a token; only the app itself may ask."""
    world: Graph = request.app.state.world
    asked = await brought(request)
    if bearer(request, asked) != f"{APP}|{SECRET}":
        raise FaultError(400, 190, "Invalid OAuth access token signature.")
    who, kind = world.tokens.get(asked["input_token"], (None, ""))
    if who is None:
        return JSONResponse({"data": {"is_valid": False, "scopes": []}})
    ends = int(time.time()) + 90 * 86_400
    data = {"app_id": APP, "type": kind.upper(), "is_valid": True, "expires_at": 0}
    data |= {"data_access_expires_at": ends, "scopes": who.scopes.split(",")}
    return JSONResponse({"data": data})


def accounts(world: Graph, who: Person) -> list[dict[str, Any]]:
    """The Pages somebody looks after, each with a token."""
    looked = world.looks_after.get(who.id, [])
    return [
        {"id": p.id, "name": p.name, "access_token": world.token(p, "page"), **p.shown}
        for p in looked
    ]


def routes() -> list[Route]:
    """The addresses of it."""
    return [
        Route("/{version}/dialog/oauth", authorize),
        Route("/{version}/oauth/access_token", access),
        Route("/{version}/debug_token", debug),
    ]
