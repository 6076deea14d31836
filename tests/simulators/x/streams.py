"""The filtered stream: its rules, one connection, a line for each post that a rule finds."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.simulators.x import doors, shown
from tests.simulators.x.problems import connected_already, invalid
from tests.simulators.x.query import parsed
from tests.simulators.x.reading import parts
from tests.simulators.x.world import Tweet, World

KEEP_ALIVE = 20.0  # seconds
LOOK = 0.1  # seconds between two looks whether anybody is still there


async def rules(request: Request) -> Response:
    """GET: those that stand. POST: add or delete."""
    world, limits = parts(request)
    doors.app(world, request)
    headers = limits.take("rules", "app", world.now())
    if request.method == "POST":
        return JSONResponse(_changed(world, await request.json()), 201, headers)
    answer = {"data": list(world.rules.values()), "meta": {"sent": shown.at(world.now())}}
    return JSONResponse(answer, headers=headers)


def _changed(world: World, body: dict[str, Any]) -> dict[str, Any]:
    for number in (body.get("delete") or {}).get("ids", []):
        world.rules.pop(number, None)
    added = []
    for rule in body.get("add") or []:
        parsed(rule["value"], 1024)
        if rule["value"] in {known["value"] for known in world.rules.values()}:
            raise invalid("DuplicateRule: a rule with this value exists.")
        number = world.number()
        world.rules[number] = {"id": number, "value": rule["value"], "tag": rule.get("tag", "")}
        added.append(world.rules[number])
    return {"data": added, "meta": {"sent": shown.at(world.now())}}


async def connect(request: Request) -> Response:
    """GET /2/tweets/search/stream."""
    world, limits = parts(request)
    doors.app(world, request)
    headers = limits.take("stream", "app", world.now())
    if request.app.state.listeners:
        raise connected_already()
    return StreamingResponse(_lines(request), headers=headers, media_type="application/json")


async def _lines(request: Request) -> AsyncIterator[bytes]:
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    listeners: list[asyncio.Queue[bytes]] = request.app.state.listeners
    listeners.append(queue)
    request.app.state.asked = request
    try:
        yield b"\r\n"
        quiet = 0.0
        while not await request.is_disconnected():
            try:
                yield await asyncio.wait_for(queue.get(), LOOK)
                quiet = 0.0
            except TimeoutError:
                quiet += LOOK
                if quiet >= KEEP_ALIVE:
                    yield b"\r\n"
                    quiet = 0.0
    finally:
        listeners.remove(queue)


def tell(app: Starlette, tweet: Tweet) -> None:
    """A post, to whoever is connected, in the fields they asked for."""
    world: World = app.state.world
    found = [
        {"id": rule["id"], "tag": rule["tag"]}
        for rule in world.rules.values()
        if parsed(rule["value"], 1024)(world, tweet)
    ]
    if not found:
        return
    for queue in app.state.listeners:
        answer = shown.tweets(world, app.state.asked, [tweet])
        line = {"data": answer["data"][0], "matching_rules": found}
        if "includes" in answer:
            line["includes"] = answer["includes"]
        queue.put_nowait(json.dumps(line).encode() + b"\r\n")
