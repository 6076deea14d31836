"""The door: streams and public pages on the loop, Django's pages in long-lived threads.

Django under plain ASGI opened one SQLite connection for each request in a prototype; threads that
live as long as the process keep theirs, and an idle stream costs a few kilobytes here.
"""

import asyncio
import json
import logging
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from a2wsgi import WSGIMiddleware
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpRequest

from rejoinder.desk.presence.here import HERE, Here
from rejoinder.plumbing import live
from rejoinder.plumbing.config import config
from rejoinder.team import access
from rejoinder.web.public import addresses
from rejoinder.web.public.echo import Echo
from rejoinder.web.public.keeper import Keeper
from rejoinder.web.public.shelf import Shelf

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LIVE = "/live"
KEEP_ALIVE = 20.0  # seconds; proxies commonly end a silent connection after 30 to 60
PRESENCE = 0.5  # seconds between two looks at who came and went
CLOSING = 3.0  # seconds that a door waits for its reader of changes
REMEMBERED = 5000  # events kept for streams that reconnect or lag

_LOG = logging.getLogger(__name__)
_EVERYTHING = b'data: {"topics": ["everything"]}\n\n'


class Hub:
    """The events of this door, encoded once and sent to every stream in the same order."""

    def __init__(self) -> None:
        self._events: deque[tuple[int, bytes]] = deque(maxlen=REMEMBERED)
        self._count = 0
        self._waiting: set[asyncio.Future[None]] = set()
        self.ended: dict[str, int] = {}
        self.closing = False

    def publish(self, changes: list[tuple[int, str]]) -> None:
        """Hand on a batch of changes; runs on the loop."""
        topics = list(dict.fromkeys(topic for _, topic in changes))
        number = changes[-1][0]
        body = f"id: {number}\ndata: {json.dumps({'topics': topics})}\n\n".encode()
        self._count += 1
        self._events.append((self._count, body))
        for topic in topics:
            if topic.startswith("team:"):
                self.ended[topic] = self._count
        self.wake()

    def wake(self) -> None:
        """Let every stream look."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def now(self) -> int:
        return self._count

    def after(self, seen: int) -> tuple[bytes, int]:
        """What a stream that has seen so many events should be sent, and how many it then has."""
        if seen == self._count:
            return b"", seen
        oldest = self._events[0][0]
        if seen + 1 < oldest:
            return _EVERYTHING, self._count
        # The newest are few: walk back from the end instead of through thousands.
        new: list[bytes] = []
        for number, body in reversed(self._events):
            if number <= seen:
                break
            new.append(body)
        return b"".join(reversed(new)), self._count

    def next(self) -> asyncio.Future[None]:
        """Done when there is something to look at."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        return future


class Door:
    """One ASGI application: streams itself, pages through Django."""

    def __init__(self) -> None:
        self._hub = Hub()
        self._stop = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        django: Any = get_wsgi_application()  # its WSGI type and a2wsgi's are spelt differently
        self._pages: Any = WSGIMiddleware(django, workers=config().web_threads)
        self._echo = Echo()
        self._shelf = Shelf()
        self._keeper = Keeper(self._shelf)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_on(receive, send)
        elif scope["type"] == "http" and addresses.is_public(scope["path"]):
            await self._public(scope, send)
        elif scope["type"] == "http" and addresses.is_echo(scope["path"]):
            await self._echo(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == LIVE:
            await self._stream(scope, receive, send)
        elif scope["type"] == "http":
            # With an underscore a client could write a header that only a proxy may set.
            scope["headers"] = [(n, v) for n, v in scope["headers"] if b"_" not in n]
            await self._pages(scope, receive, send)

    def end_streams(self) -> None:
        """The server is about to stop: who follows comes again to the next one. From any thread."""
        self._hub.closing = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._hub.wake)

    async def _public(self, scope: Scope, send: Send) -> None:
        """From memory, on the loop: it waits neither for a thread nor for the database."""
        sent = self._shelf.answer(scope["method"], scope["path"], scope["headers"])
        start = {"type": "http.response.start", "status": sent.status, "headers": sent.headers}
        await send(start)
        await send({"type": "http.response.body", "body": sent.body})

    async def _live_on(self, receive: Receive, send: Send) -> None:
        await receive()
        await asyncio.to_thread(self._keeper.open)
        loop = self._loop = asyncio.get_running_loop()
        reader = threading.Thread(target=self._read, args=(loop,), daemon=True, name="changes")
        reader.start()
        looking = threading.Thread(target=self._write_who_looks, name="presence")
        looking.start()
        keep_alive = asyncio.create_task(self._keep_alive())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._stop.set()
        keep_alive.cancel()
        await asyncio.to_thread(looking.join)
        # It reads at least once a second; a database that hangs is not waited for.
        await asyncio.to_thread(reader.join, CLOSING)
        await asyncio.to_thread(self._keeper.close)
        await send({"type": "lifespan.shutdown.complete"})

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        reader: live.Reader | None = None
        while not self._stop.is_set():
            try:
                if reader is None:
                    reader = live.Reader()
                    self._keeper.changed()  # what changed while nobody read, nobody will tell
                if changes := reader.news():
                    loop.call_soon_threadsafe(self._hub.publish, changes)
                    if any(topic == live.ANSWERS for _, topic in changes):
                        self._keeper.changed()
                reader.wait(1.0)
            except DatabaseError as error:
                _LOG.warning("Changes cannot be read: %s. Trying again in 1 s.", error)
                close_old_connections()
                reader = None
                self._stop.wait(1.0)
        connection.close()

    def _write_who_looks(self) -> None:
        """Twice a second, and once more when the door closes, so that nobody seems to stay."""
        while not self._stop.wait(PRESENCE):
            _write(HERE)
        HERE.clear()
        _write(HERE)
        connection.close()

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(KEEP_ALIVE)
            self._hub.wake()

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookie = next((v for n, v in scope["headers"] if n == b"cookie"), b"").decode("latin-1")
        begun = self._hub.now()  # before the rights are read, so that no removal falls between
        who = await asyncio.to_thread(_who, cookie)
        if who is None:
            await _say(send, 403, b"Sign in to follow the desk.\n")
            return
        await _begin(send)
        gone = asyncio.ensure_future(_gone(receive))
        with _looking(who[1], _at(scope)):
            await self._follow(send, gone, who[0], begun)
        gone.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _follow(self, send: Send, gone: asyncio.Future[None], topic: str, begun: int) -> None:
        seen = begun
        while not (gone.done() or self._hub.closing) and self._hub.ended.get(topic, 0) <= begun:
            body, seen = self._hub.after(seen)
            if body:
                await send(_part(body))
                continue
            woken = self._hub.next()
            await asyncio.wait((woken, gone), return_when=asyncio.FIRST_COMPLETED)
            if woken.done() and seen == self._hub.now():
                await send(_part(b": still here\n\n"))


def _write(here: Here) -> None:
    try:
        here.write()
    except DatabaseError as error:
        _LOG.warning("Who looks cannot be written: %s.", error)
        close_old_connections()


def _at(scope: Scope) -> UUID | None:
    """The conversation whose page opened the stream, if it is one."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("at", [""])[0]
    try:
        return UUID(asked)
    except ValueError:
        return None


@contextmanager
def _looking(advisor: int, talk: UUID | None) -> Iterator[None]:
    """They look at it for as long as this stands."""
    if talk is None:
        yield
        return
    HERE.come(advisor, talk)
    try:
        yield
    finally:
        HERE.leave(advisor, talk)


def _who(cookie: str) -> tuple[str, int] | None:
    """The topic and the number of the signed-in advisor who may read; None for anybody else."""
    try:
        key = SimpleCookie(cookie).get("sessionid")
    except CookieError:
        return None
    request = HttpRequest()
    request.session = SessionStore(key.value if key else None)
    try:
        user = get_user(request)
        if not access.may(user, access.READ):
            return None
        return live.team(user.public_id), int(user.pk or 0)  # type: ignore[union-attr]  # who may read is an advisor
    finally:
        connection.close()  # this thread comes from the loop's pool and may not be asked again


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _begin(send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send(_part(b"retry: 2000\n\n"))


async def _say(send: Send, status: int, words: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})


def _part(body: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": True}
