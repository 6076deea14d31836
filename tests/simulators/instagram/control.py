"""What happens on the simulated Instagram, by somebody outside or by the test's hand."""

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.instagram.world import Message, World


def _account(world: World, given: dict[str, Any]) -> Any:
    us = world.account(given["name"])
    world.looks_after.setdefault(world.person(given.get("of", "anna")).id, []).append(us.page)
    shown = {"id": us.id, "page": us.page.id, "media": us.media}
    return {**shown, "token": world.token(us.page, "page")}


def _say(world: World, given: dict[str, Any]) -> Any:
    us = world.account(given["to"])
    above = world.comments[given["reply_to"]] if given.get("reply_to") else None
    media = above.media if above else world.media[given.get("on") or us.media]
    made = world.say(world.person(given["who"]), media, given["text"], above)
    return {"id": made.id, "who": made.author.id}


def _crowd(world: World, given: dict[str, Any]) -> Any:
    """Many answer a comment."""
    above, who = world.comments[given["reply_to"]], world.person(given["who"])
    made = [world.say(who, above.media, f"me {n}", above) for n in range(given["count"])]
    return {"ids": [each.id for each in made]}


def _mention(world: World, given: dict[str, Any]) -> Any:
    """Somebody names an account, below a picture of somebody else or, without one, in a caption."""
    who = world.person(given["who"])
    if "below" not in given:
        return {"media_id": world.picture(who, given["text"]).id}
    shown = world.picture(world.person(given["below"]), "A day out.")
    return {"media_id": shown.id, "comment_id": world.say(who, shown, given["text"]).id}


def _tag(world: World, given: dict[str, Any]) -> Any:
    """Somebody tags an account in a picture."""
    shown = world.picture(world.person(given["who"]), given["text"])
    shown.tags.append(world.account(given["to"]))
    return {"id": shown.id}


def _whisper(world: World, given: dict[str, Any]) -> Any:
    us, who = world.account(given["to"]), world.person(given["who"])
    number = f"aWdf{next(world.numbers):024x}"
    picture = given.get("picture", "")
    said = Message(number, False, us, who, given["text"], time.time(), picture=picture)
    world.messages.append(said)
    return {"id": number, "who": who.id}


def _change(world: World, given: dict[str, Any]) -> Any:
    """Something of the Page: its cap, its scopes."""
    page = world.account(given.pop("name")).page
    for name, value in given.items():
        setattr(page, name, value)
    return {"calls": page.calls, "hooks": page.hooks}


def _set(world: World, given: dict[str, Any]) -> Any:
    """Something of a comment or a picture: hidden, nameless, caption, live, who is tagged."""
    number = given.pop("id")
    for name, value in given.items():
        setattr(world.comments.get(number) or world.media[number], name, value)
    return {}


def _look(world: World, given: dict[str, Any]) -> Any:
    """How a comment stands."""
    said = world.comments[given["id"]]
    return {"text": said.text, "hidden": said.hidden}


def _age(world: World, given: dict[str, Any]) -> Any:
    """Make a comment or all messages of an account older by so many seconds."""
    if "id" in given:
        world.comments[given["id"]].at -= given["seconds"]
        return {}
    for each in world.messages:
        if each.account is world.account(given["name"]):
            each.at -= given["seconds"]
    return {}


def _on(world: World, given: dict[str, Any]) -> Any:
    """What an account said, in answer to what."""
    us = world.account(given["to"])
    said = [
        {"id": c.id, "text": c.text, "answers": c.answers, "parent": c.parent, "private": False}
        for c in world.comments.values()
        if c.author is us
    ]
    asked = {m.other.id: m.id for m in world.messages if m.account is us and not m.ours}
    for m in world.messages:
        if m.account is us and m.ours:
            answers = m.answers or asked.get(m.other.id, "")
            found = {"id": m.id, "text": m.text, "answers": answers, "parent": "", "private": True}
            said.append(found)
    return said


async def control(request: Request) -> Response:
    """One of them."""
    world: World = request.app.state.world
    given = await request.json()
    what = request.path_params["what"]
    if what == "delete":
        world.delete(given["id"])
        return JSONResponse({})
    if what == "end":
        world.tokens.pop(given["token"])
        return JSONResponse({})
    ways = {
        "account": _account,
        "say": _say,
        "crowd": _crowd,
        "mention": _mention,
        "tag": _tag,
        "whisper": _whisper,
        "change": _change,
        "set": _set,
        "look": _look,
        "age": _age,
        "on": _on,
    }
    return JSONResponse(ways[what](world, given))
