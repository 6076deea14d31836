"""Server-sent events of what concerns an account (docs.joinmastodon.org/methods/streaming)."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from tests.simulators.mastodon import shown
from tests.simulators.mastodon.doors import somebody, world
from tests.simulators.mastodon.world import Notified, Person, Status, World

GLANCE = 0.02  # seconds
THUMP = 15.0  # seconds between two signs of life


async def health(request: Request) -> Response:
    """Whether there is streaming."""
    return PlainTextResponse("OK")


async def user(request: Request) -> Response:
    """What names us, from now on."""
    person = somebody(request)
    return StreamingResponse(
        _events(person, world(request), request), media_type="text/event-stream"
    )


async def _events(person: Person, here: World, request: Request) -> AsyncIterator[str]:
    yield ":)\n\n"
    seen, quiet = len(here.events), 0.0
    while not await request.is_disconnected():
        fresh, seen = here.events[seen:], len(here.events)
        for whose, event, what in fresh:
            if whose == person.id:
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
