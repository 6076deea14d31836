"""Runs the pretend network in a process of its own, on this machine only.

python -m rejoinder.channels.pretend.server --port 2710 --brand "Northwind Mobile" --lively
"""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from random import Random
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from rejoinder.channels.pretend.api import HANG_UP, Network
from rejoinder.channels.pretend.control import Control
from rejoinder.channels.pretend.life import Life, Wish, words
from rejoinder.channels.pretend.pages import Pages
from rejoinder.channels.pretend.world import OURS, UnknownPostError, World
from rejoinder.plumbing import clock
from rejoinder.plumbing.children import end_with_parent

HERE = "127.0.0.1"


def serve(
    port: int,
    *,
    seed: int | None = None,
    brand: str = "Northwind Mobile",
    lively: bool = False,
    keys: bool = False,
) -> None:
    """Serve until ended. `lively`: people talk by themselves; `keys`: repeated keys post once."""
    application = app(brand, seed, lively=lively, keys=keys)
    uvicorn.run(
        application, host=HERE, port=port, http=Protocol, log_level="warning", access_log=False
    )


def app(brand: str, seed: int | None, *, lively: bool, keys: bool) -> Starlette:
    """The network as an application."""
    network = Network(World(brand, f"{clock.now():%y%m%d%H%M%S}-"), Random(seed), keys=keys)
    pages = Pages(network, words().people)
    control = Route("/control", Control(network).__call__, methods=["GET", "POST"])

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        life = asyncio.create_task(_live(network, seed)) if lively else None
        yield
        if life:
            life.cancel()
            with suppress(asyncio.CancelledError):
                await life

    return Starlette(routes=[*network.routes(), control, *pages.routes()], lifespan=living)


class Protocol(HttpToolsProtocol):
    """HTTP that can be hung up on: a platform whose answer never comes."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]  # a key of our own
        scope[HANG_UP] = self._hang_up

    def _hang_up(self) -> None:
        self.transport.close()


async def _live(network: Network, seed: int | None) -> None:
    """Somebody says something, and some of those whom we answered answer back."""
    world = network.world
    life = Life(world.brand, world.handle, seed)
    await network.heard.wait()  # what is said before would be heard by nobody
    async with asyncio.TaskGroup() as talk:
        talk.create_task(_answer_back(network, life, talk))
        while True:
            wish = life.next()
            await asyncio.sleep(wish.after)
            world.say(wish.who, wish.text, clock.now(), private=wish.private)


async def _answer_back(network: Network, life: Life, talk: asyncio.TaskGroup) -> None:
    world, seen = network.world, 0
    while True:
        await asyncio.sleep(0.5)
        fresh, seen = world.happenings[seen:], len(world.happenings)
        for said in (one.post for one in fresh if one.kind == "post" and one.post.via == OURS):
            answered = world.posts.get(said.reply_to or "")
            if answered and (wish := life.answer(answered.name)):
                talk.create_task(_say_later(world, wish, said.id))


async def _say_later(world: World, wish: Wish, reply_to: str) -> None:
    await asyncio.sleep(wish.after)
    with suppress(UnknownPostError):
        private = world.alive(reply_to).private
        world.say(wish.who, wish.text, clock.now(), reply_to=reply_to, private=private)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="A small social network on this machine.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--brand", default="Northwind Mobile")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--lively", action="store_true", help="people talk by themselves")
    parser.add_argument("--keys", action="store_true", help="repeated keys post once")
    given = parser.parse_args()
    end_with_parent()
    serve(given.port, seed=given.seed, brand=given.brand, lively=given.lively, keys=given.keys)


if __name__ == "__main__":
    main()
