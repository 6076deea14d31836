"""Batch compliance: ids go up, what became of them comes down."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tests.simulators.x import doors, shown
from tests.simulators.x.problems import invalid
from tests.simulators.x.reading import parts


async def create(request: Request) -> Response:
    """POST /2/compliance/jobs."""
    world, limits = parts(request)
    doors.app(world, request)
    headers = limits.take("compliance", "app", world.now())
    kind = (await request.json()).get("type")
    if kind not in {"tweets", "users"}:
        raise invalid("`type` must be tweets or users.")
    number, base = world.number(), str(request.base_url).rstrip("/")
    world.jobs[number] = {
        "id": number,
        "type": kind,
        "status": "created",
        "created_at": shown.at(world.now()),
        "upload_url": f"{base}/upload/{number}",
        "upload_expires_at": shown.at(world.now() + 900),
        "download_url": f"{base}/download/{number}",
        "download_expires_at": shown.at(world.now() + 7 * 86_400),
    }
    return JSONResponse({"data": world.jobs[number]}, headers=headers)


async def show(request: Request) -> Response:
    """GET /2/compliance/jobs/:id."""
    world, limits = parts(request)
    doors.app(world, request)
    headers = limits.take("compliance", "app", world.now())
    job = world.jobs.get(request.path_params["id"])
    if job is None:
        raise invalid("The job is not known.")
    data = {name: value for name, value in job.items() if name != "result"}
    return JSONResponse({"data": data}, headers=headers)


async def upload(request: Request) -> Response:
    """The ids, one a line."""
    world, _ = parts(request)
    job = world.jobs[request.path_params["id"]]
    asked = (await request.body()).decode().split()
    gone = [n for n in asked if n not in world.tweets or world.tweets[n].deleted]
    job["result"] = "".join(json.dumps(_deleted(n, world.now())) + "\n" for n in gone)
    job["status"] = "complete"
    return Response(status_code=200)


async def download(request: Request) -> Response:
    """What became of them, one JSON object a line."""
    world, _ = parts(request)
    return PlainTextResponse(world.jobs[request.path_params["id"]]["result"])


def _deleted(number: str, now: float) -> dict[str, Any]:
    return {"id": number, "action": "delete", "redacted_at": shown.at(now), "reason": "deleted"}
