"""What a test does to this X from outside: people speak, rules tighten, clocks go wrong."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.x import hooks, streams
from tests.simulators.x.reading import parts
from tests.simulators.x.world import SCOPES, Message

TOGETHER = 200  # lines of a flood that leave in one piece


async def people(request: Request) -> Response:
    """Somebody with tokens of both kinds; `scopes` and `lasts` bound those of OAuth 2.0."""
    world, _ = parts(request)
    given = await request.json()
    who = world.person(given["username"])
    who.followers = int(given.get("followers", who.followers))
    scopes = frozenset(given.get("scopes", SCOPES))
    tokens = world.grant(who, scopes, float(given.get("lasts", 7200)))
    key, secret = f"{who.id}-key", f"{who.id}-secret"
    world.keys[key] = (secret, who)
    return JSONResponse(tokens | {"id": who.id, "token": key, "token_secret": secret})


async def say(request: Request) -> Response:
    """Somebody posts."""
    world, _ = parts(request)
    given = await request.json()
    tweet = world.say(
        world.person(given["who"]),
        given["text"],
        reply_to=given.get("reply_to") or "",
        quotes=given.get("quotes") or "",
    )
    streams.tell(request.app, tweet)
    await hooks.tell(request.app, tweet)
    return JSONResponse({"id": tweet.id})


async def edit(request: Request) -> Response:
    world, _ = parts(request)
    given = await request.json()
    return JSONResponse({"id": world.edit(given["id"], given["text"]).id})


async def delete(request: Request) -> Response:
    world, _ = parts(request)
    number = (await request.json())["id"]
    world.delete(number)
    await hooks.tell_deleted(request.app, world.tweets[number])
    return JSONResponse({})


async def message(request: Request) -> Response:
    """Somebody writes a direct message."""
    world, _ = parts(request)
    given = await request.json()
    sender, to = world.person(given["who"]), world.person(given["to"])
    sent = Message(world.number(), sender, to, given["text"], world.now())
    world.messages.append(sent)
    return JSONResponse({"id": sent.id})


async def change(request: Request) -> Response:
    """`tier`, `credits`, `skew` (seconds), `times` (how much larger every cap is), and a compliance
    job that is `stalled`.
    """
    world, limits = parts(request)
    given: dict[str, Any] = await request.json()
    world.app.tier = given.get("tier", world.app.tier)
    world.app.credits = given.get("credits", world.app.credits)
    world.skew = given.get("skew", world.skew)
    limits.times = given.get("times", limits.times)
    if job := world.jobs.get(given.get("stalled", "")):
        job["status"] = "in_progress"
    return JSONResponse({"credits": world.app.credits})


async def answers(request: Request) -> Response:
    """What somebody said in answer to a post, as it is kept."""
    world, _ = parts(request)
    who, to = request.query_params["who"], request.query_params["to"]
    public = [
        {
            "id": t.id,
            "text": t.text,
            "root": t.conversation,
            "private": False,
            "pictures": [each.alt for each in t.pictures if not each.film],
            "films": [each.alt for each in t.pictures if each.film],
        }
        for t in world.tweets.values()
        if t.author.username == who and t.reply_to == to and not t.deleted
    ]
    asked = next((m for m in world.messages if f"dm:{m.id}" == to), None)
    reader = asked.sender if asked else world.tweets[to].author
    private = [
        {"id": f"dm:{m.id}", "text": m.text, "root": to, "private": True}
        for m in world.messages
        if m.sender.username == who and m.to is reader
    ]
    return JSONResponse(public + private)


async def busy(request: Request) -> Response:
    """How often whoever asks for a film is told to wait, from now on."""
    world, _ = parts(request)
    world.busy = (await request.json())["times"]
    return JSONResponse({})


async def flood(request: Request) -> Response:
    """Put so many posts on the stream at once."""
    given = await request.json()
    line = json.dumps(given["line"]).encode() + b"\r\n"
    first = int(given["first"])
    last = first + int(given["many"])
    for queue in request.app.state.listeners:
        for start in range(first, last, TOGETHER):
            numbers = range(start, min(start + TOGETHER, last))
            queue.put_nowait(b"".join(line.replace(b"NUMBER", b"%d" % n) for n in numbers))
    return JSONResponse({"listeners": len(request.app.state.listeners)})
