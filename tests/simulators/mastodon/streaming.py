"""Server-sent events of what concerns an account (docs.joinmastodon.org/methods/streaming)."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from tests.simulators.mastodon import shown
from tests.simulators.mastodon.doors import RefusedError, doors, somebody, world
from tests.simulators.mastodon.world import Notified, Status, World

GLANCE = 0.02  # seconds
THUMP = 15.0  # seconds between two signs of life


async def health(request: Request) -> Response:
    """Whether there is streaming."""
    return PlainTextResponse("OK")


async def user(request: Request) -> Response:
    """What names us, from now on."""
    return _streamed(somebody(request).id, request)


async def hashtag(request: Request) -> Response:
    """Public posts with a hashtag, from now on."""
    somebody(request)
    tag = request.query_params.get("tag", "").lower()
    if not tag:
        raise RefusedError(400, "Missing tag name parameter")
    return _streamed(f"#{tag}", request)


def _streamed(whose: str, request: Request) -> Response:
    if not doors(request).streams:
        raise RefusedError(404, "Not found")
    here = world(request)
    # From now on: what is posted between the answer's head and its first line is heard too.
    events = _events(whose, len(here.events), here, request)
    return StreamingResponse(events, media_type="text/event-stream")


async def _events(wanted: str, seen: int, here: World, request: Request) -> AsyncIterator[str]:
    yield ":)\n\n"
    quiet = 0.0
    while not await request.is_disconnected():
        fresh, seen = here.events[seen:], len(here.events)
        for whose, event, what in fresh:
            if whose == wanted:
                yield f"event: {event}\ndata: {_data(what, event, here)}\n\n"
        await asyncio.sleep(GLANCE)
        quiet += GLANCE
        if quiet >= THUMP:
            quiet = 0.0
            yield ":thump\n"


def _data(what: Notified | Status, event: str, here: World) -> str:
    if isinstance(what, Notified):
        return json.dumps(shown.notification(what, here))
    return what.id if event == "delete" else json.dumps(shown.status(what, here))
