"""How each call comes in and goes out: what was given, whose token, lists, percentages."""

import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.graph.fields import Asked, only
from tests.simulators.graph.world import SECRET, FaultError, Graph, Person

PAGE = 25  # of a list where nothing was said


async def brought(request: Request) -> dict[str, Any]:
    """Of the query, a form or JSON, as all of them are taken."""
    found: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        found |= json.loads(body or b"{}")
    else:
        found |= dict(parse_qsl(body.decode()))
    return found


def bearer(request: Request, asked: dict[str, Any]) -> str:
    """The token, wherever it stands."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    return str(asked.get("access_token") or token)


def entered(request: Request, asked: dict[str, Any]) -> Person:
    """Whose token this is. Raises FaultError."""
    world: Graph = request.app.state.world
    token = bearer(request, asked)
    who, _ = world.tokens.get(token, (None, ""))
    if who is None:
        raise FaultError(400, 190, "Error validating access token: Session has expired", 463)
    proof = asked.get("appsecret_proof")
    if proof and proof != hmac.digest(SECRET.encode(), token.encode(), "sha256").hex():
        raise FaultError(400, 100, "Invalid appsecret_proof provided in the API argument")
    request.state.who = who
    who.calls += 1
    if who.calls > who.cap:
        raise FaultError(400, *request.app.state.limited)
    return who


def allowed(who: Person, scope: str) -> None:
    """Raises FaultError where whoever connected did not allow this."""
    if scope not in who.scopes.split(","):
        raise FaultError(403, 200, f"(#200) Requires {scope} permission to manage the object")


def opened(value: Any) -> dict[str, str]:
    """A form has objects as JSON."""
    found: dict[str, str] = json.loads(value) if isinstance(value, str) else value
    return found


def page(
    found: list[dict[str, Any]], asked: dict[str, Any], fields: Asked, most: int = 100
) -> dict[str, Any]:
    """Some of them; a cursor is the id of the last."""
    size, start = min(int(asked.get("limit", PAGE)), most), 0
    if after := asked.get("after"):
        numbers = [each["id"] for each in found]
        start = numbers.index(after) + 1 if after in numbers else 0
    shown = found[start : start + size]
    if not shown:
        return {"data": []}
    paging: dict[str, Any] = {"cursors": {"before": shown[0]["id"], "after": shown[-1]["id"]}}
    if start + size < len(found):
        paging["next"] = "https://graph.facebook.com/next?access_token=hidden"
    return {"data": [only(each, fields) for each in shown], "paging": paging}


def moment(at: float) -> str:
    """As the API writes it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


async def refused(request: Request, error: Exception) -> Response:
    """A refusal as its platform words it."""
    assert isinstance(error, FaultError)
    said: dict[str, Any] = {"message": error.message, "type": "OAuthException", "code": error.code}
    if error.subcode:
        said["error_subcode"] = error.subcode
    said["fbtrace_id"] = "A1b2C3"
    return JSONResponse({"error": said}, error.status)


def told(use_case: str) -> Callable[..., Any]:
    """Each answer has the percentages, of this use case."""

    async def dispatch(request: Request, call_next: Any) -> Response:
        answer: Response = await call_next(request)
        answer.headers.update(_usage(request, use_case))
        return answer

    return dispatch


def _usage(request: Request, use_case: str) -> dict[str, str]:
    who: Person | None = getattr(request.state, "who", None)
    if who is None:
        return {}
    share = min(100, who.calls * 100 // max(who.cap, 1))
    figures: dict[str, Any] = {"call_count": share, "total_cputime": 1, "total_time": 1}
    wait = who.minutes if who.calls > who.cap else 0
    entry = {"type": use_case, **figures, "estimated_time_to_regain_access": wait}
    return {"x-business-use-case-usage": json.dumps({who.id: [entry]})}
