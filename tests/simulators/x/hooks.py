"""Webhooks: the challenge, subscriptions, and signed deliveries of what an account meets."""

import base64
import hmac
import json
import secrets
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.x import doors, shown
from tests.simulators.x.problems import ProblemError, invalid
from tests.simulators.x.reading import parts
from tests.simulators.x.world import Person, Tweet, World

PATIENCE = 10.0  # seconds that a webhook has to answer


def signed(world: World, body: bytes) -> str:
    """What X writes into x-twitter-webhooks-signature."""
    digest = hmac.digest(world.app.consumer_secret.encode(), body, "sha256")
    return "sha256=" + base64.b64encode(digest).decode()


async def register(request: Request) -> Response:
    """POST /2/webhooks: the address must answer a challenge at once."""
    world, limits = parts(request)
    doors.anybody(world, request)
    headers = limits.take("hooks", "app", world.now())
    url = str((await request.json()).get("url", ""))
    await _challenge(world, url)
    number = world.number()
    hook = {"id": number, "url": url, "valid": True, "created_at": shown.at(world.now())}
    world.hooks[number] = hook | {"users": []}
    return JSONResponse({"data": hook}, headers=headers)


async def listed(request: Request) -> Response:
    """GET /2/webhooks."""
    world, limits = parts(request)
    doors.app(world, request)
    headers = limits.take("hooks", "app", world.now())
    data = [{k: v for k, v in hook.items() if k != "users"} for hook in world.hooks.values()]
    return JSONResponse({"data": data, "meta": {"result_count": len(data)}}, headers=headers)


async def subscribe(request: Request) -> Response:
    """POST /2/account_activity/webhooks/:id/subscriptions/all, in the name of the account."""
    world, limits = parts(request)
    us = doors.user(world, request)
    headers = limits.take("hooks", us.id, world.now())
    hook = world.hooks.get(request.path_params["id"])
    if hook is None:
        raise invalid("The webhook is not known.")
    hook["users"].append(us.id)
    return JSONResponse({"data": {"subscribed": True}}, headers=headers)


async def tell(app: Starlette, tweet: Tweet) -> None:
    """Somebody posted: every account that it is of, or about, hears."""
    world: World = app.state.world
    for us in {each.id: each for each in [tweet.author, *world.named(tweet)]}.values():
        await _deliver(world, us, {"tweet_create_events": [_classic(world, tweet)]})


async def tell_deleted(app: Starlette, tweet: Tweet) -> None:
    """An account took a post back."""
    world: World = app.state.world
    status = {"id": tweet.id, "user_id": tweet.author.id}
    event = {"status": status, "timestamp_ms": str(int(world.now() * 1000))}
    await _deliver(world, tweet.author, {"tweet_delete_events": [event]})


async def _challenge(world: World, url: str) -> None:
    token = secrets.token_urlsafe(16)
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        try:
            answer = await client.get(url, params={"crc_token": token})
            said = answer.json().get("response_token", "") if answer.status_code == 200 else ""
        except (httpx.HTTPError, ValueError):
            said = ""
    if not secrets.compare_digest(str(said), signed(world, token.encode())):
        raise ProblemError(400, "CrcValidationFailed", "Crc response token not valid.")


async def _deliver(world: World, us: Person, events: dict[str, Any]) -> None:
    body = json.dumps({"for_user_id": us.id} | events).encode()
    headers = {
        "content-type": "application/json",
        "x-twitter-webhooks-signature": signed(world, body),
    }
    for hook in [each for each in world.hooks.values() if us.id in each["users"]]:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            try:
                answer = await client.post(hook["url"], content=body, headers=headers)
                hook["valid"] = answer.status_code == 200
            except httpx.HTTPError:
                hook["valid"] = False


def _classic(world: World, tweet: Tweet) -> dict[str, Any]:
    """A post in the older form that account activity is told in."""
    parent = world.tweets.get(tweet.reply_to)
    named = [
        {"screen_name": each.username, "id": int(each.id), "id_str": each.id}
        for each in world.named(tweet)
    ]
    links = [{"url": short, "expanded_url": link} for short, link in tweet.links.items()]
    return {
        "created_at": shown.classic(tweet.at),
        "id": int(tweet.id),
        "id_str": tweet.id,
        "text": shown.full_text(world, tweet),
        "user": {
            "id_str": tweet.author.id,
            "screen_name": tweet.author.username,
            "name": tweet.author.name,
        },
        "in_reply_to_status_id_str": tweet.reply_to or None,
        "in_reply_to_user_id_str": parent.author.id if parent else None,
        "quoted_status_id_str": tweet.quotes or None,
        "entities": {"user_mentions": named, "urls": links},
        "lang": "en",
        "timestamp_ms": str(int(tweet.at * 1000)),
    }
