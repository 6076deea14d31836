"""The addresses, and refusals turned into answers."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.simulators.mastodon import control, doors, reading, streaming, writing
from tests.simulators.mastodon.world import World

ONE = "/api/v1/statuses/{id}"
ROUTES = [
    Route("/.well-known/oauth-authorization-server", doors.metadata),
    Route("/api/v1/apps", doors.apps, methods=["POST"]),
    Route("/oauth/authorize", doors.authorize, methods=["GET", "POST"]),
    Route("/oauth/token", doors.token, methods=["POST"]),
    Route("/api/v1/accounts/verify_credentials", reading.me),
    Route("/api/v1/accounts/{id}/statuses", reading.statuses_of),
    Route("/api/v1/instance", reading.older_instance),
    Route("/api/v2/instance", reading.instance),
    Route("/api/v1/notifications", reading.notifications),
    Route("/api/v2/media", writing.media, methods=["POST"]),
    Route("/api/v1/media/{id}", writing.brought, methods=["GET"]),
    Route("/api/v1/statuses", reading.statuses, methods=["GET"]),
    Route("/api/v1/statuses", writing.post, methods=["POST"]),
    Route(ONE, reading.status, methods=["GET"]),
    Route(ONE, writing.edit, methods=["PUT"]),
    Route(ONE, writing.delete, methods=["DELETE"]),
    Route(f"{ONE}/context", reading.context),
    Route(f"{ONE}/source", reading.source),
    Route(f"{ONE}/pin", writing.pin, methods=["POST"]),
    Route(f"{ONE}/unpin", writing.unpin, methods=["POST"]),
    Route("/api/v1/timelines/tag/{tag}", reading.tagged),
    Route("/api/v1/timelines/public", reading.public),
    Route("/api/v2/search", reading.search),
    Route("/api/v1/streaming/health", streaming.health),
    Route("/api/v1/streaming/user", streaming.user),
    Route("/api/v1/streaming/hashtag", streaming.hashtag),
    Route("/control/person", control.person, methods=["POST"]),
    Route("/control/say", control.say, methods=["POST"]),
    Route("/control/edit", control.edit, methods=["POST"]),
    Route("/control/delete", control.delete, methods=["POST"]),
    Route("/control/ours", control.ours, methods=["POST"]),
    Route("/control/busy", control.busy, methods=["POST"]),
    Route("/control/limit", control.limit, methods=["POST"]),
]


def application() -> Starlette:
    """A server that knows nobody yet."""
    app = Starlette(routes=ROUTES, exception_handlers={doors.RefusedError: _refused})
    app.state.world, app.state.doors = World(), doors.Doors()
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, doors.RefusedError)
    return JSONResponse(error.body, error.status, headers=error.header)
