"""Who may come in, and telling those who follow."""

import base64
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocketDisconnect

USER, PASSWORD = "desk", "made-up-password"
AUTHORIZATION = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


async def tell(state: Any, event: dict[str, Any]) -> None:
    """Everybody who follows; who hung up a moment ago hears nothing."""
    for follower in list(state.followers):
        with suppress(WebSocketDisconnect):
            await follower.send_json(event)


def refused(request: Request) -> Response | None:
    """What is said to whoever does not belong here; None for ours."""
    if request.headers.get("authorization") != AUTHORIZATION:
        return JSONResponse({"message": "Authentication required"}, 401)
    return None
