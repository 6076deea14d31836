"""Who may come in: apps, tokens, limits, and a refusal in Mastodon's words."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tests.simulators.mastodon.world import Person, World

PASSWORD = "made-up-password"
CALLS, CALLS_WINDOW = 300, 300
POSTS, POSTS_WINDOW = 300, 3 * 3600


class RefusedError(Exception):
    """No, in the server's words."""

    def __init__(
        self, status: int, words: str, header: dict[str, str] | None = None, *, oauth: str = ""
    ) -> None:
        super().__init__(words)
        self.status, self.header = status, header or {}
        self.body = {"error": oauth, "error_description": words} if oauth else {"error": words}


@dataclass
class Asked:
    """An app that asks, or a code that was given to it."""

    app: str
    back: str
    scope: str
    challenge: str = ""
    person: Person | None = None


@dataclass
class Doors:
    """What was given out, and what was taken of each limit."""

    apps: dict[str, tuple[str, str]] = field(default_factory=dict)
    codes: dict[str, Asked] = field(default_factory=dict)
    tokens: dict[str, Person] = field(default_factory=dict)
    taken: dict[tuple[str, str, int], int] = field(default_factory=dict)
    posts: int = POSTS
    pkce: bool = True
    streams: bool = True

    def token(self, person: Person) -> str:
        """A new one."""
        made = secrets.token_urlsafe(32)
        self.tokens[made] = person
        return made

    def take(self, who: str, kind: str) -> dict[str, str]:
        """One of a limit; the headers that tell of it. Raises RefusedError."""
        cap, window = (self.posts, POSTS_WINDOW) if kind == "posts" else (CALLS, CALLS_WINDOW)
        now = datetime.now(UTC).timestamp()
        slot = int(now // window)
        taken = self.taken.get((who, kind, slot), 0)
        resets = datetime.fromtimestamp((slot + 1) * window, UTC)
        header = {
            "X-RateLimit-Limit": str(cap),
            "X-RateLimit-Remaining": str(max(0, cap - taken - 1)),
            "X-RateLimit-Reset": (resets + timedelta()).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }
        if taken >= cap:
            raise RefusedError(429, "Too many requests", header)
        self.taken[who, kind, slot] = taken + 1
        return header


def doors(request: Request) -> Doors:
    found: Doors = request.app.state.doors
    return found


def world(request: Request) -> World:
    found: World = request.app.state.world
    return found


def whoever(request: Request) -> Person | None:
    """Whose token it is; None without one. Raises RefusedError for one that is none."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    given = given or request.query_params.get("access_token", "")
    if not given:
        return None
    if given not in doors(request).tokens:
        raise RefusedError(401, "The access token is invalid")
    person = doors(request).tokens[given]
    request.state.header = doors(request).take(given, "calls")
    return person


def somebody(request: Request) -> Person:
    """Whose token it is. Raises RefusedError."""
    person = whoever(request)
    if person is None:
        raise RefusedError(401, "The access token is invalid")
    return person


async def values(request: Request) -> dict[str, Any]:
    """What was posted, as JSON or as a form, in which a list is written `name[]`, once for each."""
    if request.headers.get("Content-Type", "").startswith("application/json"):
        found = await request.json()
        return {key: value for key, value in found.items() if value is not None}
    pairs = parse_qsl((await request.body()).decode())
    lists = {name for name, _ in pairs if name.endswith("[]")}
    listed = {each[:-2]: [value for name, value in pairs if name == each] for each in lists}
    return dict(pairs) | listed


async def apps(request: Request) -> Response:
    """An app introduces itself."""
    given = await values(request)
    if not given.get("client_name"):
        raise RefusedError(422, "Validation failed: Name can't be blank")
    client, secret = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    doors(request).apps[client] = (secret, given["redirect_uris"])
    return JSONResponse(
        {
            "id": "1",
            "name": given["client_name"],
            "website": None,
            "redirect_uri": given["redirect_uris"],
            "client_id": client,
            "client_secret": secret,
            "vapid_key": "",
        }
    )


async def metadata(request: Request) -> Response:
    """What OAuth here can (RFC 8414), since Mastodon 4.3."""
    if not doors(request).pkce:
        raise RefusedError(404, "Not Found")
    here = str(request.base_url).rstrip("/")
    return JSONResponse(
        {
            "issuer": f"{here}/",
            "authorization_endpoint": f"{here}/oauth/authorize",
            "token_endpoint": f"{here}/oauth/token",
            "app_registration_endpoint": f"{here}/api/v1/apps",
            "scopes_supported": ["read", "write", "follow"],
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


async def authorize(request: Request) -> Response:
    """The page that asks, and where it leads once somebody signed in and allowed it."""
    asked = request.query_params
    known = doors(request).apps.get(asked.get("client_id", ""))
    if known is None or asked.get("redirect_uri") != known[1]:
        return HTMLResponse("The redirect uri included is not valid.", 400)
    if request.method == "GET":
        action = escape(str(request.url.path) + "?" + str(request.url.query))
        return HTMLResponse(f'<form method="post" action="{action}"></form>')
    form = await values(request)
    if form.get("password") != PASSWORD:
        return HTMLResponse("Invalid E-mail address or password.", 422)
    code = secrets.token_urlsafe(24)
    challenge = asked.get("code_challenge", "")
    person = world(request).person(form["username"])
    doors(request).codes[code] = Asked(
        asked["client_id"], known[1], asked.get("scope", "read"), challenge, person
    )
    back = urlencode({"code": code, "state": asked.get("state", "")})
    return RedirectResponse(f"{known[1]}?{back}", 302)


async def token(request: Request) -> Response:
    """A token for a code, once, for the app that asked, with the verifier of its challenge."""
    given = await values(request)
    asked = doors(request).codes.pop(given.get("code", ""), None)
    secret = doors(request).apps.get(given.get("client_id", ""), ("", ""))[0]
    right = asked is not None and asked.app == given["client_id"]
    if not right or asked is None or given.get("client_secret") != secret:
        raise _bad_grant()
    if asked.back != given.get("redirect_uri") or not _fits(asked, given):
        raise _bad_grant()
    assert asked.person is not None
    return JSONResponse(
        {
            "access_token": doors(request).token(asked.person),
            "token_type": "Bearer",
            "scope": asked.scope,
            "created_at": int(datetime.now(UTC).timestamp()),
        }
    )


def _fits(asked: Asked, given: dict[str, str]) -> bool:
    digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
    shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return not asked.challenge or shown == asked.challenge


def _bad_grant() -> RefusedError:
    return RefusedError(
        400,
        "The provided authorization grant is invalid, expired, revoked, does not "
        "match the redirection URI used in the authorization request, or was issued to another "
        "client.",
        oauth="invalid_grant",
    )
