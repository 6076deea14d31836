"""Lines that a program opens at the exchange, and bridges; a test lifts and ends them."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.asterisk.line import refused, tell

CONTROLS = {"lifts", "ends", "dialled"}


async def originate(request: Request) -> Response:
    """Open a line with an id of its own: it rings until the test says otherwise.

    Where nobody follows the app, Asterisk would hang up whoever answers; here it is a mistake.
    """
    if no := refused(request):
        return no
    state, line, asked = request.app.state, request.path_params["id"], await request.json()
    assert any(each.state.app == asked["app"] for each in state.followers), "nobody follows it"
    if line in state.lines:
        return JSONResponse({"message": "Channel with given unique ID already exists"}, 409)
    if asked["endpoint"].startswith("PJSIP/nobody"):
        return JSONResponse({"message": "Allocation failed"}, 500)
    state.dialled[line] = asked
    state.asked.append(["originate", line])
    state.lines[line] = {
        "id": line,
        "state": "Ringing",
        "caller": {"number": "", "name": ""},
        "dialplan": {"app_name": "AppDial2", "app_data": "(Outgoing Line)"},
    }
    return JSONResponse(state.lines[line])


async def bridge(request: Request) -> Response:
    """A bridge is made, or made again as it is, or ended."""
    if no := refused(request):
        return no
    bridges, name = request.app.state.bridges, request.path_params["id"]
    if request.method == "DELETE":
        gone = bridges.pop(name, None) is None
        return JSONResponse({"message": "Bridge not found"}, 404) if gone else Response("", 204)
    bridges.setdefault(name, [])
    return JSONResponse({"id": name, "channels": bridges[name]})


async def add_channel(request: Request) -> Response:
    """Lines that were lifted come together; of another one it is none."""
    if no := refused(request):
        return no
    state, lines = request.app.state, request.query_params["channel"].split(",")
    if any(line not in state.lines for line in lines):
        return JSONResponse({"message": "Channel not found"}, 400)
    if any(state.lines[line]["state"] != "Up" for line in lines):
        return JSONResponse({"message": "Channel not in Stasis application"}, 422)
    state.bridges[request.path_params["id"]] = lines
    return Response("", 204)


async def control(state: Any, what: str, given: dict[str, Any]) -> Response:
    """Whoever is rung lifts, or the line ends for a reason (Q.850); or how all of it stands."""
    match what:
        case "lifts":
            line = state.lines[given["line"]]
            line["state"] = "Up"
            await tell(state, {"type": "StasisStart", "args": ["ours"], "channel": line})
        case "ends":
            line = state.lines.pop(given["line"])
            told = {"type": "ChannelDestroyed", "cause": given["cause"], "channel": line}
            await tell(state, told)
    stands = {"lines": state.lines, "bridges": state.bridges, "dialled": state.dialled}
    return JSONResponse(stands)
