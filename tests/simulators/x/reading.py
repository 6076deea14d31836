"""The calls that read: who we are, mentions, our own posts, search, single posts, messages."""

from collections.abc import Iterable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.x import doors, shown
from tests.simulators.x.limits import Limits
from tests.simulators.x.problems import invalid, missing
from tests.simulators.x.query import parsed
from tests.simulators.x.world import EPOCH, Message, Person, Tweet, World

Row = TypeVar("Row", Tweet, Message)
WEEK = 7 * 86_400


def parts(request: Request) -> tuple[World, Limits]:
    """The world and its limits."""
    return request.app.state.world, request.app.state.limits


async def me(request: Request) -> Response:
    world, limits = parts(request)
    us = doors.user(world, request, "users.read", "tweet.read")
    headers = limits.take("me", us.id, world.now())
    return JSONResponse({"data": shown.person(us, request)}, headers=headers)


async def mentions(request: Request) -> Response:
    """Posts that name somebody, newest first."""
    world, headers, who = _of(request, "mentions")
    found = (t for t in world.standing() if who in world.named(t) and t.author.id != who.id)
    return _page(world, request, found, headers, least=5)


async def tweets_of(request: Request) -> Response:
    """Somebody's own posts."""
    world, headers, who = _of(request, "tweets")
    found = (tweet for tweet in world.standing() if tweet.author.id == who.id)
    return _page(world, request, found, headers, least=5)


async def search(request: Request) -> Response:
    """The posts of a week."""
    world, limits = parts(request)
    us = doors.anybody(world, request, "tweet.read")
    headers = limits.take("search", us.id if us else "app", world.now())
    since = request.query_params.get("since_id", "0")
    if since != "0" and (int(since) >> 22) + EPOCH < (world.now() - WEEK) * 1000:
        raise invalid("'since_id' must be a tweet id created after 7 days ago.")
    finds = parsed(request.query_params.get("query", ""), 512)
    found = (tweet for tweet in world.standing() if finds(world, tweet))
    return _page(world, request, found, headers, least=10, onward="next_token")


async def lookup(request: Request) -> Response:
    """Posts by their ids; those that are gone are named among the errors."""
    world, limits = parts(request)
    us = doors.anybody(world, request, "tweet.read")
    headers = limits.take("lookup", us.id if us else "app", world.now())
    asked = [each for each in request.query_params.get("ids", "").split(",") if each]
    if not 1 <= len(asked) <= 100:
        raise invalid(f"The number of values in the `ids` query parameter list [{len(asked)}].")
    known = {n: world.tweets[n] for n in asked if n in world.tweets and not world.tweets[n].deleted}
    answer = shown.tweets(world, request, known.values())
    if not answer["data"]:
        del answer["data"]
    if gone := [missing("tweet", n, "ids") for n in asked if n not in known]:
        answer["errors"] = gone
    return JSONResponse(answer, headers=headers)


async def messages(request: Request) -> Response:
    """Direct messages of thirty days, newest first."""
    world, limits = parts(request)
    us = doors.user(world, request, "dm.read", "tweet.read", "users.read")
    headers = limits.take("messages", us.id, world.now())
    found = [m for m in reversed(world.messages) if us in (m.sender, m.to)]
    rows, meta = _slice(request, found, "pagination_token", 1)
    return JSONResponse(shown.messages(request, rows) | {"meta": meta}, headers=headers)


def _of(request: Request, what: str) -> tuple[World, dict[str, str], Person]:
    world, limits = parts(request)
    us = doors.anybody(world, request, "tweet.read", "users.read")
    who = world.by_id(request.path_params["id"])
    if who is None:
        raise invalid("The `id` query parameter value is not valid.")
    return world, limits.take(what, us.id if us else "app", world.now()), who


def _page(
    world: World,
    request: Request,
    found: Iterable[Tweet],
    headers: dict[str, str],
    *,
    least: int,
    onward: str = "pagination_token",
) -> Response:
    since = int(request.query_params.get("since_id", "0"))
    until = int(request.query_params.get("until_id", str(1 << 63)))
    fits = [tweet for tweet in found if since < int(tweet.id) < until]
    rows, meta = _slice(request, fits, onward, least)
    answer = shown.tweets(world, request, rows)
    if not rows:
        del answer["data"]
    return JSONResponse(answer | {"meta": meta}, headers=headers)


def _slice(
    request: Request, found: list[Row], token: str, least: int
) -> tuple[list[Row], dict[str, Any]]:
    """So many as were asked for, from where the token says; 7... tells the id to go on below."""
    size = int(request.query_params.get("max_results", "10" if least < 100 else "100"))
    if not least <= size <= 100:
        raise invalid(f"The `max_results` query parameter value [{size}] is not between {least}")
    given = request.query_params.get(token) or request.query_params.get("next_token")
    if given:
        if not given.startswith("7140dibdnow") or not given[11:].isdigit():
            raise invalid(f"The `{token}` query parameter value [{given}] is not valid.")
        found = [each for each in found if int(each.id) < int(given[11:])]
    rows = found[:size]
    meta: dict[str, Any] = {"result_count": len(rows)}
    if rows:
        meta |= {"newest_id": rows[0].id, "oldest_id": rows[-1].id}
    if len(found) > size:
        meta["next_token"] = f"7140dibdnow{rows[-1].id}"
    return rows, meta
