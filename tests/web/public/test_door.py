"""The door answers for public pages itself, follows changes, and counts visits."""

import asyncio
import threading
from typing import Any

import pytest
from django.db import DatabaseError

from rejoinder import door
from rejoinder.answers import visits
from rejoinder.answers.models import Answer
from rejoinder.plumbing.config import config
from rejoinder.web.public import shelf
from tests.answers.newsroom import TEXT, opened, published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_copy() -> None:
    (config().data / "public-pages").unlink(missing_ok=True)


class Opened:
    """A door on which somebody knocks, without a network."""

    def __init__(self) -> None:
        self._door = door.Door()
        self._ends = asyncio.Event()
        self._said: list[str] = []

    async def __aenter__(self) -> "Opened":
        self._life = asyncio.ensure_future(
            self._door({"type": "lifespan"}, self._receive, self._hear)
        )
        await _until(lambda: "lifespan.startup.complete" in self._said)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._ends.set()
        await asyncio.wait_for(self._life, 10)

    async def get(self, path: str, method: str = "GET") -> tuple[int, bytes]:
        sent: list[dict[str, Any]] = []

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "headers": []}
        await self._door(scope, self._receive, send)
        return int(sent[0]["status"]), sent[1]["body"]

    async def _receive(self) -> dict[str, Any]:
        if self._said:
            await self._ends.wait()
        return {"type": "lifespan.shutdown" if self._said else "lifespan.startup"}

    async def _hear(self, message: Any) -> None:
        self._said.append(message["type"])


async def _until(holds: Any) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  # polls what a thread changes
            await asyncio.sleep(0.01)


def test_what_is_published_while_it_is_open_is_served() -> None:
    first = opened("First")
    published(first)

    async def scene() -> list[tuple[int, bytes]]:
        async with Opened() as open_door:
            before = await open_door.get("/a/second")
            await asyncio.to_thread(_publish_second)
            shown = await _followed(open_door, "/a/second")
            posted = await open_door.get("/a/first", "POST")
            return [await open_door.get("/a/first"), before, shown, posted]

    here, before, after, posted = asyncio.run(scene())

    assert (here[0], before[0], after[0], posted[0]) == (200, 404, 200, 405)
    assert b"Seven in ten" in here[1]
    assert TEXT.encode() in after[1]


async def _followed(open_door: Opened, path: str) -> tuple[int, bytes]:
    async with asyncio.timeout(10):
        while (found := await open_door.get(path))[0] == 404:  # noqa: ASYNC110  # as above
            await asyncio.sleep(0.02)
    return found


def _publish_second() -> None:
    from django.db import connection

    published(opened("Second"), TEXT)
    connection.close()


def test_visits_are_written_when_it_closes_at_the_latest() -> None:
    answer = opened("First")
    published(answer)

    async def scene() -> int:
        async with Opened() as open_door:
            return (await open_door.get(f"/s/{answer.code}"))[0]

    assert asyncio.run(scene()) == 302
    assert visits.total(Answer.objects.get()) == 1
    assert not [each for each in threading.enumerate() if each.name == "changes"]


def test_it_opens_without_a_database_and_serves_what_was_last_public(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published(opened("First"))
    shelf.Shelf().restock()

    def away(_: object) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(shelf, "made", away)

    async def scene() -> int:
        async with Opened() as open_door:
            return (await open_door.get("/a/first"))[0]

    assert asyncio.run(scene()) == 200
