"""The part of ARI that a voicemail needs; a test plays the callers and says what goes wrong.

Shapes and answers are those of docs.asterisk.org, Asterisk REST Interface. What happens while
nobody follows is told to nobody, as there.
"""

from contextlib import suppress
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.simulators.asterisk import dialling
from tests.simulators.asterisk.line import AUTHORIZATION, PASSWORD, USER, refused, tell

__all__ = ["PASSWORD", "USER", "application"]


def application() -> Starlette:
    """An exchange where nobody calls yet."""
    app = Starlette(
        routes=[
            WebSocketRoute("/ari/events", events),
            Route("/ari/asterisk/info", info),
            Route("/ari/channels", channels),
            Route("/ari/channels/{id}", hang_up, methods=["DELETE"]),
            Route("/ari/channels/{id}", dialling.originate, methods=["POST"]),
            Route("/ari/bridges/{id}", dialling.bridge, methods=["POST", "DELETE"]),
            Route("/ari/bridges/{id}/addChannel", dialling.add_channel, methods=["POST"]),
            Route("/ari/channels/{id}/{what}", on_channel, methods=["POST"]),
            Route("/ari/playbacks/{id}", playback),
            Route("/ari/recordings/live/{name}", one_live),
            Route("/ari/recordings/stored", stored),
            Route("/ari/recordings/stored/{name}", one_stored, methods=["GET", "DELETE"]),
            Route("/ari/recordings/stored/{name}/file", file),
            Route("/control/{what}", control, methods=["POST"]),
        ]
    )
    app.state.followers, app.state.lines, app.state.playing = set(), {}, {}
    app.state.live, app.state.stored, app.state.asked = {}, {}, []
    app.state.bridges, app.state.dialled = {}, {}
    return app


async def events(socket: WebSocket) -> None:
    """What happens, to whoever may hear it."""
    if socket.headers.get("authorization") != AUTHORIZATION:
        await socket.close()
        return
    await socket.accept()
    socket.state.app = socket.query_params["app"]
    socket.app.state.followers.add(socket)
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        socket.app.state.followers.discard(socket)


async def info(request: Request) -> Response:
    """Which Asterisk it is."""
    return refused(request) or JSONResponse({"system": {"version": "22.6.0"}})


async def channels(request: Request) -> Response:
    """The lines that are open."""
    return refused(request) or JSONResponse(list(request.app.state.lines.values()))


async def on_channel(request: Request) -> Response:
    """Answer it, play to it, record it."""
    if no := refused(request):
        return no
    state, line, what = request.app.state, request.path_params["id"], request.path_params["what"]
    state.asked.append([what, line])
    if line not in state.lines:
        return JSONResponse({"message": "Channel not found"}, 404)
    if what == "play":
        state.playing[request.query_params["playbackId"]] = line
    if what == "record":
        name = request.query_params["name"]
        if name in state.live or name in state.stored:
            return JSONResponse({"message": "Recording already exists"}, 409)
        state.live[name] = line
    return JSONResponse({}, 201)


async def hang_up(request: Request) -> Response:
    """End a line."""
    if no := refused(request):
        return no
    line = request.path_params["id"]
    request.app.state.asked.append(["hang up", line])
    if line not in request.app.state.lines:
        return JSONResponse({"message": "Channel not found"}, 404)
    await _gone(request.app.state, line)
    return Response(status_code=204)


async def playback(request: Request) -> Response:
    """Whether a sound is played now."""
    there = request.path_params["id"] in request.app.state.playing
    return refused(request) or JSONResponse({}, 200 if there else 404)


async def stored(request: Request) -> Response:
    """The recordings that are kept, those among them that are not over yet."""
    there = [*request.app.state.stored, *request.app.state.live]
    names = [{"name": name, "format": "wav"} for name in there]
    return refused(request) or JSONResponse(names)


async def one_stored(request: Request) -> Response:
    """One of them, or its end."""
    if no := refused(request):
        return no
    if request.path_params["name"] not in request.app.state.stored:
        return JSONResponse({"message": "Recording not found"}, 404)
    if request.method == "DELETE":
        del request.app.state.stored[request.path_params["name"]]
        return Response(status_code=204)
    return JSONResponse({})


async def file(request: Request) -> Response:
    """What was said: as loud as its seconds are many."""
    if no := refused(request):
        return no
    seconds = request.app.state.stored.get(request.path_params["name"])
    if seconds is None:
        return JSONResponse({"message": "Recording not found"}, 404)
    sound = b"RIFF" + bytes([seconds]) * 100
    return Response(sound, media_type="audio/wav")


async def one_live(request: Request) -> Response:
    """One that is recorded now."""
    there = request.path_params["name"] in request.app.state.live
    return refused(request) or JSONResponse({}, 200 if there else 404)


async def control(request: Request) -> Response:
    """What callers do, what whoever is rung does, and what befalls the exchange."""
    state, given, what = request.app.state, await request.json(), request.path_params["what"]
    if what in dialling.CONTROLS:
        return await dialling.control(state, what, given)
    return await _happens(state, what, given)


async def _happens(state: Any, what: str, given: dict[str, Any]) -> Response:
    match what:
        case "calls":
            await _came(state, given["line"], given["number"], given.get("name", ""))
        case "hears":
            await _played(state, given["line"], given.get("state", "done"))
        case "speaks":
            await _recorded(state, given["line"], given["seconds"])
        case "keeps":
            state.stored[given["name"]] = given["seconds"]
        case "hangs_up":
            await _gone(state, given["line"], given.get("seconds", 0))
        case "tells":
            for follower in list(state.followers):
                await follower.send_text(given["text"])
        case "cuts":
            await _cut(state)
        case "looks":
            return JSONResponse({"asked": state.asked, "stored": list(state.stored)})
    return JSONResponse({"following": len(state.followers)})


async def _came(state: Any, line: str, number: str, name: str) -> None:
    channel = {
        "id": line,
        "state": "Ring",
        "caller": {"number": number, "name": name},
        "dialplan": {"app_name": "Stasis", "app_data": "rejoinder"},
    }
    state.lines[line] = channel
    await tell(state, {"type": "StasisStart", "args": [], "channel": channel})


async def _played(state: Any, line: str, how: str) -> None:
    """The words about recording, to their end or not."""
    for name in [name for name, other in state.playing.items() if other == line]:
        del state.playing[name]
        played = {"id": name, "state": how}
        await tell(state, {"type": "PlaybackFinished", "playback": played})


async def _cut(state: Any) -> None:
    for follower in list(state.followers):
        with suppress(WebSocketDisconnect):  # who hung up first is gone already
            await follower.close()
    state.followers.clear()


async def _gone(state: Any, line: str, seconds: int = 0) -> None:
    channel = state.lines.pop(line)
    state.playing = {name: other for name, other in state.playing.items() if other != line}
    await tell(state, {"type": "StasisEnd", "channel": channel})
    await _recorded(state, line, seconds)
    await tell(state, {"type": "ChannelDestroyed", "channel": channel})


async def _recorded(state: Any, line: str, seconds: int) -> None:
    for name in [name for name, other in state.live.items() if other == line]:
        del state.live[name]
        state.stored[name] = seconds
        said = {"name": name, "duration": seconds, "target_uri": f"channel:{line}"}
        await tell(state, {"type": "RecordingFinished", "recording": said})
