"""Who asks: OAuth 2.0 with PKCE, OAuth 1.0a with its signature checked, the app alone."""

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from oauthlib.oauth1.rfc5849 import signature
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from tests.simulators.x.problems import (
    ProblemError,
    unauthorized,
    unscoped,
    wrong_kind_of_sign_in,
)
from tests.simulators.x.world import Grant, Person, World

SKEW = 300.0  # seconds that a timestamp of OAuth 1.0a may be off


def user(world: World, request: Request, *scopes: str) -> Person:
    """Whose name this call is in. Raises ProblemError."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind == "OAuth":
        return _signed(world, request, value)
    if kind != "Bearer":
        raise unauthorized()
    if value == world.app.bearer:
        raise wrong_kind_of_sign_in("OAuth 2.0 Application-Only")
    grant = world.grants.get(value)
    if grant is None or grant.ends <= world.now():
        raise unauthorized()
    for scope in scopes:
        if scope not in grant.scopes:
            raise unscoped(scope)
    return grant.user


def app(world: World, request: Request) -> None:
    """Only the app itself may do this. Raises ProblemError."""
    if request.headers.get("authorization", "") == f"Bearer {world.app.bearer}":
        return
    user(world, request)
    raise wrong_kind_of_sign_in("OAuth 2.0 User Context")


def anybody(world: World, request: Request, *scopes: str) -> Person | None:
    """Somebody, or the app alone (None). Raises ProblemError."""
    if request.headers.get("authorization", "") == f"Bearer {world.app.bearer}":
        return None
    return user(world, request, *scopes)


def _signed(world: World, request: Request, header: str) -> Person:
    pairs = (part.strip().partition("=") for part in header.split(","))
    given = {name: unquote(value.strip('"')) for name, _, value in pairs}
    secret, who = world.keys.get(given.get("oauth_token", ""), ("", None))
    if who is None or given.get("oauth_consumer_key") != world.app.consumer_key:
        raise unauthorized()
    if abs(float(given.get("oauth_timestamp", "0")) - world.now()) > SKEW:
        raise ProblemError(401, "Unauthorized", "Timestamp out of bounds.")
    if not secrets.compare_digest(
        _expected(world, request, given, secret), given["oauth_signature"]
    ):
        raise unauthorized()
    return who


def _expected(world: World, request: Request, given: dict[str, str], secret: str) -> str:
    parameters = [*given.items(), *parse_qsl(request.url.query, keep_blank_values=True)]
    signed = [(name, value) for name, value in parameters if name != "oauth_signature"]
    scheme = request.headers.get("x-forwarded-proto", request.url.scheme)
    base: str = signature.signature_base_string(
        request.method,
        signature.base_string_uri(str(request.url.replace(query="", scheme=scheme))),
        signature.normalize_parameters(signed),
    )
    found: str = signature.sign_hmac_sha1(base, world.app.consumer_secret, secret)
    return found


async def authorize(request: Request) -> Response:
    """The page on which somebody lets an app in; here they do at once. `user` says who it is."""
    world: World = request.app.state.world
    asked = request.query_params
    if asked.get("client_id") != world.app.client_id or asked.get("response_type") != "code":
        return JSONResponse({"error": "invalid_request"}, 400)
    if asked.get("code_challenge_method") != "S256":
        return JSONResponse({"error": "invalid_request"}, 400)
    code = secrets.token_urlsafe(16)
    scopes = frozenset(asked.get("scope", "").split())
    grant = Grant(world.person(asked.get("user", "brand")), scopes, world.now() + 30)
    world.codes[code] = (grant, asked["code_challenge"], asked["redirect_uri"])
    answer = urlencode({"code": code, "state": asked.get("state", "")})
    return RedirectResponse(f"{asked['redirect_uri']}?{answer}", 302)


async def token(request: Request) -> Response:
    """A code for tokens, or a renewal token for new ones; each is good once."""
    world: World = request.app.state.world
    form = dict(parse_qsl((await request.body()).decode()))
    if not _is_client(world, request, form):
        return JSONResponse({"error": "unauthorized_client"}, 401)
    grant = _coded(world, form) if form.get("grant_type") == "authorization_code" else None
    if form.get("grant_type") == "refresh_token":
        grant = world.renewals.pop(form.get("refresh_token", ""), None)
    if grant is None:
        words = "Value passed for the token was invalid."
        return JSONResponse({"error": "invalid_request", "error_description": words}, 400)
    return JSONResponse(world.grant(grant.user, grant.scopes))


def _is_client(world: World, request: Request, form: dict[str, str]) -> bool:
    named = f"{world.app.client_id}:{world.app.client_secret}"
    basic = "Basic " + base64.b64encode(named.encode()).decode()
    return request.headers.get("authorization") == basic or (
        form.get("client_id") == world.app.client_id
    )


def _coded(world: World, form: dict[str, Any]) -> Grant | None:
    grant, challenge, address = world.codes.pop(form.get("code", ""), (None, "", ""))
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    good = proof == challenge and form.get("redirect_uri") == address
    return grant if good else None
