"""The calls that bring a film: begun, brought in pieces, ended, and asked about until it is ready.

https://docs.x.com/x-api/media/quickstart/media-upload-chunked
"""

from base64 import b64decode
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.x import doors
from tests.simulators.x.problems import invalid
from tests.simulators.x.reading import parts
from tests.simulators.x.world import Upload
from tests.simulators.x.writing import read

MOST, PIECE, PIECES = 512_000_000, 5_000_000, 1000


async def initialize(request: Request) -> Response:
    """POST /2/media/upload/initialize."""
    world, limits = parts(request)
    us = doors.user(world, request, "media.write")
    headers = limits.take("initialize", us.id, world.now())
    body = await read(request)
    size = body.get("total_bytes")
    if body.get("media_category") != "tweet_video" or body.get("media_type") != "video/mp4":
        raise invalid("media_category parameter is not valid.")
    if not isinstance(size, int) or not 0 < size <= MOST:
        raise invalid("total_bytes parameter is not valid.")
    kept = Upload(world.number(), us.id, b"", size=size, busy=world.busy, state="begun")
    world.uploads[kept.id] = kept
    told = {"id": kept.id, "media_key": f"13_{kept.id}", "expires_after_secs": 1_295_999}
    return JSONResponse({"data": told}, headers=headers)


async def append(request: Request) -> Response:
    """POST /2/media/upload/:id/append, in JSON; the same number again takes the place of before."""
    world, _ = parts(request)
    headers, kept = _of(request, "append")
    body = await read(request)
    index = body.get("segment_index")
    try:
        data = b64decode(body.get("media", ""), validate=True)
    except (ValueError, TypeError):
        raise invalid("media is not valid base64.") from None
    if not isinstance(index, int) or not 0 <= index < PIECES or not 0 < len(data) <= PIECE:
        raise invalid("segment_index or media parameter is not valid.")
    if kept.state != "begun":
        raise invalid("The upload was finalized.")
    kept.pieces[index] = data
    return JSONResponse({"data": {"expires_at": int(world.now()) + 86_400}}, headers=headers)


async def finalize(request: Request) -> Response:
    """POST /2/media/upload/:id/finalize; films are worked on from then on."""
    headers, kept = _of(request, "finalize")
    kept.data = b"".join(kept.pieces[n] for n in sorted(kept.pieces))
    if kept.state != "begun" or len(kept.data) != kept.size:
        raise invalid("Invalid media id or the segments do not add up to total_bytes.")
    kept.state = "pending" if kept.data[4:8] == b"ftyp" else "failed"
    return JSONResponse({"data": _told(kept)}, headers=headers)


async def status(request: Request) -> Response:
    """GET /2/media/upload?command=STATUS."""
    headers, kept = _of(request, "status")
    if kept.state == "begun":
        raise invalid("Invalid media id.")
    if kept.state in {"pending", "in_progress"}:
        kept.state, kept.busy = "in_progress" if kept.busy > 0 else "succeeded", kept.busy - 1
    return JSONResponse({"data": _told(kept)}, headers=headers)


def _of(request: Request, what: str) -> tuple[dict[str, str], Upload]:
    world, limits = parts(request)
    us = doors.user(world, request, "media.write")
    headers = limits.take(what, us.id, world.now())
    number = request.path_params.get("id") or request.query_params.get("media_id", "")
    kept = world.uploads.get(number)
    if kept is None or kept.owner != us.id or not kept.film:
        raise invalid("Invalid media id.")
    return headers, kept


def _told(kept: Upload) -> dict[str, Any]:
    info: dict[str, Any] = {"state": kept.state}
    if kept.state in {"pending", "in_progress"}:
        info |= {"check_after_secs": 1, "progress_percent": 0 if kept.state == "pending" else 50}
    if kept.state == "failed":
        info["error"] = {"code": 1, "name": "InvalidMedia", "message": "Unsupported video format"}
    return {
        "id": kept.id,
        "media_key": f"13_{kept.id}",
        "size": kept.size,
        "expires_after_secs": 86_400,
        "processing_info": info,
    }
