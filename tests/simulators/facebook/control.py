"""What happens on the simulated Facebook, by somebody outside or by the test's hand."""

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.facebook.world import Message, World


def _page(world: World, given: dict[str, Any]) -> Any:
    who = world.person(given["name"], page=True)
    world.looks_after.setdefault(world.person(given.get("of", "anna")).id, []).append(who)
    return {"id": who.id, "post": who.post, "token": world.token(who, "page")}


def _say(world: World, given: dict[str, Any]) -> Any:
    page = world.person(given["to"], page=True)
    on = "" if given.get("visitor") else given.get("reply_to") or page.post
    made = world.say(world.person(given["who"]), page, given["text"], on)
    made.nameless, made.tags = given.get("nameless", False), given.get("tags", False)
    return {"id": made.id}


def _whisper(world: World, given: dict[str, Any]) -> Any:
    page, who = world.person(given["to"], page=True), world.person(given["who"])
    number = f"m_{next(world.numbers)}"
    world.messages.append(Message(number, who, page, who, given["text"], time.time()))
    return {"id": number, "who": who.id}


def _change(world: World, given: dict[str, Any]) -> Any:
    """Something of the Page: its cap, its scopes."""
    page = world.person(given.pop("name"), page=True)
    for name, value in given.items():
        setattr(page, name, value)
    return {"calls": page.calls, "hooks": page.hooks}


def _age(world: World, given: dict[str, Any]) -> Any:
    """Make a comment or all messages of a Page older by so many seconds."""
    if "id" in given:
        world.said[given["id"]].at -= given["seconds"]
        return {}
    for each in world.messages:
        if each.page is world.person(given["name"], page=True):
            each.at -= given["seconds"]
    return {}


def _on(world: World, given: dict[str, Any]) -> Any:
    """What a Page said, in answer to what."""
    page = world.person(given["to"], page=True)
    said = [
        {"id": s.id, "text": s.text, "answers": s.answers, "parent": s.parent, "private": False}
        for s in world.said.values()
        if s.author is page and s.answers
    ]
    asked = {m.other.id: m.id for m in world.messages if m.author is m.other and m.page is page}
    return said + [
        {
            "id": m.id,
            "text": m.text,
            "answers": m.answers or asked.get(m.other.id, ""),
            "parent": "",
            "private": True,
        }
        for m in world.messages
        if m.author is page
    ]


async def control(request: Request) -> Response:
    """One of them."""
    world: World = request.app.state.world
    given = await request.json()
    what = request.path_params["what"]
    if what == "edit":
        world.said[given["id"]].text = given["text"]
        return JSONResponse({})
    if what == "delete":
        world.delete(given["id"])
        return JSONResponse({})
    if what == "end":
        world.tokens.pop(given["token"])
        return JSONResponse({})
    if what == "hides":
        world.said[given["id"]].hidden = given["hidden"]
        return JSONResponse({})
    if what == "looks":
        return JSONResponse({"hidden": world.said[given["id"]].hidden})
    ways = {
        "page": _page,
        "say": _say,
        "whisper": _whisper,
        "change": _change,
        "age": _age,
        "on": _on,
    }
    return JSONResponse(ways[what](world, given))
