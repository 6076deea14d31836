"""Who asks: OAuth 1.0a, with the signature checked by somebody else's code."""

import hmac
import secrets
import time
from urllib.parse import parse_qsl, unquote, urlencode

from oauthlib.oauth1.rfc5849 import signature
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from tests.simulators.flickr.world import KEY, SECRET, FailError, Person, World

SKEW = 600.0


def given_of(request: Request) -> dict[str, str]:
    """The words of the protocol in the header."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind != "OAuth":
        raise FailError(97, "Missing signature")
    pairs = (part.strip().partition("=") for part in value.split(","))
    return {name: unquote(said.strip('"')) for name, _, said in pairs}


def user(world: World, request: Request, form: list[tuple[str, str]], perms: str) -> Person:
    """Whose name this call is in. Raises FailError."""
    given = given_of(request)
    if given.get("oauth_consumer_key") != KEY:
        raise FailError(100, "Invalid API Key (Key has invalid format)")
    token = given.get("oauth_token")
    who = next((each for each in world.people.values() if each.token == token), None)
    if who is None:
        raise FailError(98, "Invalid auth token")
    check(request, given, form, who.token_secret)
    if perms == "write" and who.perms == "read":
        raise FailError(99, "User not logged in / Insufficient permissions")
    return who


def check(
    request: Request, given: dict[str, str], form: list[tuple[str, str]], secret: str
) -> None:
    """Whether the signature fits. Raises FailError."""
    if abs(float(given.get("oauth_timestamp", "0")) - time.time()) > SKEW:
        raise FailError(98, "Invalid auth token")
    query = parse_qsl(request.url.query, keep_blank_values=True)
    named = [(name, said) for name, said in given.items() if name != "oauth_signature"]
    scheme = request.headers.get("x-forwarded-proto", request.url.scheme)
    base = signature.signature_base_string(
        request.method,
        signature.base_string_uri(str(request.url.replace(query="", scheme=scheme))),
        signature.normalize_parameters([*named, *query, *form]),
    )
    expected = signature.sign_hmac_sha1(base, SECRET, secret)
    if not hmac.compare_digest(expected, given.get("oauth_signature", "")):
        raise FailError(96, "Invalid signature")


async def request_token(request: Request) -> Response:
    """The first of three steps."""
    try:
        form = parse_qsl((await request.body()).decode())
        given = given_of(request) | dict(form)
        check(request, given_of(request), form, "")
    except FailError:
        return PlainTextResponse("oauth_problem=signature_invalid", 401)
    token, secret = secrets.token_hex(8), secrets.token_hex(8)
    request.app.state.world.requests[token] = (secret, given["oauth_callback"])
    said = {"oauth_callback_confirmed": "true", "oauth_token": token, "oauth_token_secret": secret}
    return PlainTextResponse(urlencode(said))


async def authorize(request: Request) -> Response:
    """The page on which somebody lets an app in; here they do at once. `user` says who it is."""
    world: World = request.app.state.world
    token = request.query_params["oauth_token"]
    secret, back = world.requests[token]
    who = world.person(request.query_params.get("user", "brand"))
    who.perms = request.query_params.get("perms", "read")
    verifier = secrets.token_hex(6)
    world.requests[token] = (secret, f"{verifier} {who.username}")
    mark = "&" if "?" in back else "?"
    said = urlencode({"oauth_token": token, "oauth_verifier": verifier})
    return RedirectResponse(f"{back}{mark}{said}", 302)


async def access_token(request: Request) -> Response:
    """The last of three steps."""
    world: World = request.app.state.world
    try:
        form = parse_qsl((await request.body()).decode())
        given = given_of(request) | dict(form)
        secret, allowed = world.requests.pop(given.get("oauth_token", ""), ("", ""))
        check(request, given_of(request), form, secret)
    except FailError:
        return PlainTextResponse("oauth_problem=signature_invalid", 401)
    verifier, _, username = allowed.partition(" ")
    if not username or given.get("oauth_verifier") != verifier:
        return PlainTextResponse("oauth_problem=token_rejected", 401)
    who = world.person(username)
    said = {
        "fullname": who.username.title(),
        "oauth_token": who.token,
        "oauth_token_secret": who.token_secret,
        "user_nsid": who.nsid,
        "username": who.username,
    }
    return PlainTextResponse(urlencode(said))
