"""The addresses, and refusals turned into answers."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.simulators.x import (
    compliance,
    control,
    doors,
    films,
    hooks,
    reading,
    streams,
    writing,
)
from tests.simulators.x.limits import Limits
from tests.simulators.x.problems import ProblemError
from tests.simulators.x.world import World

_SUBSCRIPTIONS = "/2/account_activity/webhooks/{id}/subscriptions/all"
ROUTES = [
    Route("/i/oauth2/authorize", doors.authorize),
    Route("/2/oauth2/token", doors.token, methods=["POST"]),
    Route("/2/users/me", reading.me),
    Route("/2/users/{id}/mentions", reading.mentions),
    Route("/2/users/{id}/tweets", reading.tweets_of),
    Route("/2/tweets/search/recent", reading.search),
    Route("/2/tweets/search/stream", streams.connect),
    Route("/2/tweets/search/stream/rules", streams.rules, methods=["GET", "POST"]),
    Route("/2/tweets", reading.lookup, methods=["GET"]),
    Route("/2/tweets", writing.post, methods=["POST"]),
    Route("/2/media/upload", writing.upload, methods=["POST"]),
    Route("/2/media/upload", films.status, methods=["GET"]),
    Route("/2/media/upload/initialize", films.initialize, methods=["POST"]),
    Route("/2/media/upload/{id}/append", films.append, methods=["POST"]),
    Route("/2/media/upload/{id}/finalize", films.finalize, methods=["POST"]),
    Route("/2/media/metadata", writing.metadata, methods=["POST"]),
    Route("/2/tweets/{id}", writing.delete, methods=["DELETE"]),
    Route("/2/dm_events", reading.messages),
    Route("/2/dm_conversations/with/{id}/messages", writing.message, methods=["POST"]),
    Route("/2/webhooks", hooks.listed, methods=["GET"]),
    Route("/2/webhooks", hooks.register, methods=["POST"]),
    Route(_SUBSCRIPTIONS, hooks.subscribe, methods=["POST"]),
    Route("/2/compliance/jobs", compliance.create, methods=["POST"]),
    Route("/2/compliance/jobs/{id}", compliance.show),
    Route("/upload/{id}", compliance.upload, methods=["PUT"]),
    Route("/download/{id}", compliance.download),
    Route("/control/people", control.people, methods=["POST"]),
    Route("/control/say", control.say, methods=["POST"]),
    Route("/control/edit", control.edit, methods=["POST"]),
    Route("/control/delete", control.delete, methods=["POST"]),
    Route("/control/message", control.message, methods=["POST"]),
    Route("/control/change", control.change, methods=["POST"]),
    Route("/control/answers", control.answers),
    Route("/control/busy", control.busy, methods=["POST"]),
    Route("/control/flood", control.flood, methods=["POST"]),
]


def application() -> Starlette:
    """An X that knows nobody yet."""
    app = Starlette(routes=ROUTES, exception_handlers={ProblemError: _refused})
    app.state.world, app.state.limits = World(), Limits()
    app.state.listeners, app.state.asked = [], None
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return error.answer()
