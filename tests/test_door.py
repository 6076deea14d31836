"""The door: streams carry names in order to those who may read, and end with the right to."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from rejoinder import door
from rejoinder.desk.models import Presence
from rejoinder.desk.presence.here import HERE
from rejoinder.plumbing import live
from rejoinder.team import actions
from rejoinder.team.models import Advisor
from tests import scene as scene_rows
from tests.people import alice, ann, bob, olga


def _cookie(advisor: Advisor) -> bytes:
    session = SessionStore()
    session[SESSION_KEY] = str(advisor.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = advisor.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}".encode()


class _Stream:
    """One browser on /live, without a network."""

    def __init__(self, application: door.Door, cookie: bytes, at: str = "") -> None:
        self.sent: list[dict[str, Any]] = []
        self._leave = asyncio.Event()
        scope: dict[str, Any] = {"type": "http", "path": "/live", "headers": [(b"cookie", cookie)]}
        scope["query_string"] = f"at={at}".encode()
        self.task = asyncio.ensure_future(application(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._leave.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)

    async def until(self, holds: Callable[["_Stream"], bool]) -> None:
        async with asyncio.timeout(5):
            while not holds(self):  # noqa: ASYNC110  # polls what another task appends
                await asyncio.sleep(0.005)

    async def leave(self) -> None:
        self._leave.set()
        await asyncio.wait_for(self.task, 5)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def topics(self) -> list[str]:
        text = b"".join(message.get("body", b"") for message in self.sent).decode()
        lines = [line[6:] for line in text.splitlines() if line.startswith("data: ")]
        return [topic for line in lines for topic in json.loads(line)["topics"]]


def _begun(stream: _Stream) -> bool:
    return len(stream.sent) > 1


@pytest.mark.django_db(transaction=True)
def test_everybody_who_may_read_gets_every_name_in_order() -> None:
    cookies = [_cookie(alice()), _cookie(bob())]

    async def scene() -> list[list[str]]:
        application = door.Door()
        streams = [_Stream(application, cookie) for cookie in cookies]
        for stream in streams:
            await stream.until(_begun)
        for number in range(1, 51):
            application._hub.publish([(number, f"conversation:{number}")])
        for stream in streams:
            await stream.until(lambda s: len(s.topics) == 50)
            await stream.leave()
        return [stream.topics for stream in streams]

    for topics in asyncio.run(scene()):
        assert topics == [f"conversation:{number}" for number in range(1, 51)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["nobody", "auditor", "forged"])
def test_nobody_else_is_told_anything(who: str) -> None:
    cookie = {"nobody": b"", "auditor": _cookie(ann()), "forged": b"sessionid=made-up; x=\xff"}[who]

    async def scene() -> int:
        stream = _Stream(door.Door(), cookie)
        await asyncio.wait_for(stream.task, 5)
        return stream.status

    assert asyncio.run(scene()) == 403


@pytest.mark.django_db(transaction=True)
def test_a_server_that_stops_ends_the_streams_itself() -> None:
    cookie = _cookie(alice())

    async def scene() -> bool:
        application = door.Door()
        application._loop = asyncio.get_running_loop()
        stream = _Stream(application, cookie)
        await stream.until(_begun)
        application.end_streams()
        await asyncio.wait_for(stream.task, 5)
        return bool(stream.sent[-1]["more_body"])

    assert asyncio.run(scene()) is False


@pytest.mark.django_db(transaction=True)
def test_removing_bob_ends_his_stream_and_not_alices() -> None:
    cookies = {"alice": _cookie(alice()), "bob": _cookie(bob())}
    reader = live.Reader()
    actions.remove(olga(), bob())
    news = reader.news()

    async def scene() -> tuple[bool, bool]:
        application = door.Door()
        # Bob's session is as it was before he was removed: the stream was open then.
        application_who = {c: (live.team(a.public_id), a.pk) for c, a in people.items()}
        door_who, door._who = door._who, lambda cookie: application_who[cookie.encode()]
        try:
            streams = {name: _Stream(application, cookie) for name, cookie in cookies.items()}
            for stream in streams.values():
                await stream.until(_begun)
            application._hub.publish(news)
            await asyncio.wait_for(streams["bob"].task, 5)
            open_still = not streams["alice"].task.done()
            await streams["alice"].leave()
        finally:
            door._who = door_who
        return streams["bob"].task.done(), open_still

    people = {cookies["alice"]: alice(), cookies["bob"]: bob()}
    assert asyncio.run(scene()) == (True, True)
    assert door._who(cookies["bob"].decode()) is None


def test_a_stream_that_lags_too_far_is_told_to_look_at_everything() -> None:
    hub = door.Hub()

    async def scene() -> tuple[bytes, int]:
        for number in range(1, door.REMEMBERED + 3):
            hub.publish([(number, "queue")])
        return hub.after(1)

    body, seen = asyncio.run(scene())
    assert b"everything" in body
    assert seen == door.REMEMBERED + 2


@pytest.mark.django_db(transaction=True)
def test_the_stream_of_a_conversation_says_who_looks_until_it_is_closed() -> None:
    cookie, tom = _cookie(alice()), scene_rows.wrote("Tom", "No signal")

    async def scene() -> tuple[int, int]:
        stream = _Stream(door.Door(), cookie, str(tom.public_id))
        await stream.until(_begun)
        await asyncio.to_thread(_write)
        there = await asyncio.to_thread(_present)
        await stream.leave()
        await asyncio.to_thread(_write)
        return there, await asyncio.to_thread(_present)

    assert asyncio.run(scene()) == (1, 0)


def _write() -> None:
    try:
        HERE.write()
    finally:
        connection.close()  # this thread is the loop's; nobody asks it to let go


def _present() -> int:
    try:
        return Presence.objects.filter(advisor__name="Alice").count()
    finally:
        connection.close()
