"""Events kept with their times, replayed from a cursor, then told as they come.

The shape of an event is that of the documentation of bluesky-social/jetstream-legacy. A follower
that takes nothing makes its sender wait.
"""

import asyncio
import json
import time
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

COLLECTION = "app.bsky.feed.post"


def application() -> Starlette:
    """A network that nobody has written on yet."""
    app = Starlette(
        routes=[
            WebSocketRoute("/subscribe", subscribe),
            Route("/control/commit", commit, methods=["POST"]),
            Route("/control/strange", strange, methods=["POST"]),
            Route("/control/flood", flood, methods=["POST"]),
            Route("/control/hang_up", hang_up, methods=["POST"]),
            Route("/control/followers", followers, methods=["POST"]),
        ]
    )
    app.state.kept, app.state.news = [], asyncio.Event()
    app.state.open, app.state.cursors, app.state.last = set(), [], 0
    return app


async def subscribe(socket: WebSocket) -> None:
    """What was kept since the cursor, then what comes."""
    state = socket.app.state
    if socket.query_params.getlist("wantedCollections") != [COLLECTION]:
        await socket.close()
        return
    await socket.accept()
    cursor = socket.query_params.get("cursor")
    state.cursors.append(cursor)
    state.open.add(socket)
    at = len(state.kept)
    if cursor is not None:
        at = next((n for n, (when, _) in enumerate(state.kept) if when >= int(cursor)), at)
    try:
        while socket in state.open:
            if at == len(state.kept):
                state.news.clear()
                await state.news.wait()
                continue
            await socket.send_text(state.kept[at][1])
            at += 1
        await socket.close()
    except WebSocketDisconnect:
        state.open.discard(socket)


async def commit(request: Request) -> Response:
    """Somebody writes, changes or deletes a post."""
    given = await request.json()
    operation = given.get("operation", "create")
    event: dict[str, Any] = {
        "did": given["did"],
        "time_us": _now(request),
        "kind": "commit",
        "commit": {
            "rev": "3l3qo2vutsw2b",
            "operation": operation,
            "collection": COLLECTION,
            "rkey": given["rkey"],
        },
    }
    if operation != "delete":
        event["commit"] |= {"record": given["record"], "cid": given["cid"]}
    _tell(request, [event])
    return JSONResponse({"time_us": event["time_us"]})


async def strange(request: Request) -> Response:
    """Whatever is given goes out as it is."""
    request.app.state.kept.append((_now(request), (await request.body()).decode()))
    request.app.state.news.set()
    return JSONResponse({})


async def flood(request: Request) -> Response:
    """So many events at once; NUMBER in the event becomes its number."""
    given = await request.json()
    line = json.dumps(given["event"], separators=(",", ":"))
    first = int(given["first"])
    for number in range(first, first + int(given["many"])):
        at = _now(request)
        said = line.replace("NUMBER", str(number)).replace('"TIME"', str(at))
        request.app.state.kept.append((at, said))
    request.app.state.news.set()
    return JSONResponse({})


async def hang_up(request: Request) -> Response:
    """Every follower is let go."""
    request.app.state.open.clear()
    request.app.state.news.set()
    return JSONResponse({})


async def followers(request: Request) -> Response:
    """How many there are, and from where they asked to go on."""
    state = request.app.state
    return JSONResponse({"now": len(state.open), "cursors": state.cursors})


def _tell(request: Request, events: list[dict[str, Any]]) -> None:
    for event in events:
        said = json.dumps(event, separators=(",", ":"), ensure_ascii=False)
        request.app.state.kept.append((event["time_us"], said))
    request.app.state.news.set()


def _now(request: Request) -> int:
    """Microseconds, each later than the last."""
    state = request.app.state
    state.last = max(state.last + 1, time.time_ns() // 1000)
    return int(state.last)
