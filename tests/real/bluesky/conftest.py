"""A real Bluesky for the tests of this folder, started once, with Tom, Tina and our brand on it."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from atproto import Client

from rejoinder.channels.bluesky import channel
from rejoinder.channels.bluesky.bluesky import Bluesky
from rejoinder.channels.contract import Connection, Post
from rejoinder.plumbing.http import Network
from tests.real import network

WATCH = "Northwind"


@pytest.fixture(scope="session")
def whole() -> Iterator[network.Bluesky]:
    with network.bluesky("whole") as started:
        yield started


@pytest.fixture(scope="session")
def http(whole: network.Bluesky) -> Iterator[Network]:
    with closing(Network({urlsplit(whole.pds).hostname or ""})) as opened:
        yield opened


@dataclass
class Desk:
    """Our side: the channel, and everything it heard."""

    channel: Bluesky
    who: network.Somebody
    cursor: dict[str, Any] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)

    def hears(self, fits: Callable[[Post], bool], within: float = 15) -> Post:
        """Listen until a post fits."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            heard = self.channel.listen(self.cursor)
            self.cursor = heard.cursor
            self.posts += heard.posts
            if found := [post for post in self.posts if fits(post)]:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"not heard in {within} s; heard {self.posts}")


@pytest.fixture(scope="session")
def desk(whole: network.Bluesky, http: Network) -> Desk:
    """Our brand, connected and listening."""
    who = whole.sign_up("brand")
    connection = Connection(
        settings={"handle": who.handle, "service": whole.pds, "watch": WATCH},
        secrets={"password": who.password},
    )
    identity = channel(connection, http).identify()
    assert (identity.external_id, identity.handle) == (who.did, who.handle)
    opened = channel(
        Connection(
            settings=connection.settings,
            secrets=connection.secrets,
            external_id=identity.external_id,
            handle=identity.handle,
        ),
        http,
    )
    return Desk(opened, who, cursor=indexed(lambda: opened.listen({}).cursor))


@pytest.fixture(scope="session")
def tom(whole: network.Bluesky) -> Iterator[Client]:
    with person(whole, "tom") as client:
        yield client


@pytest.fixture(scope="session")
def tina(whole: network.Bluesky) -> Iterator[Client]:
    with person(whole, "tina") as client:
        yield client


@pytest.fixture(scope="session")
def people(
    whole: network.Bluesky, desk: Desk, tom: Client, tina: Client
) -> Iterator[dict[str, Client]]:
    """Everybody by name; our brand too, signed in elsewhere."""
    with signed_in(whole, desk.who) as us:
        yield {"tom": tom, "tina": tina, "us": us}


@contextmanager
def person(whole: network.Bluesky, name: str) -> Iterator[Client]:
    """Somebody outside, with other people's client."""
    with signed_in(whole, whole.sign_up(name)) as client:
        yield client


@contextmanager
def signed_in(whole: network.Bluesky, who: network.Somebody) -> Iterator[Client]:
    """With other people's client."""
    client = Client(base_url=f"{whole.pds}/xrpc")
    indexed(lambda: client.login(who.handle, who.password))
    try:
        yield client
    finally:
        client.request.close()


def indexed(ask: Callable[[], Any]) -> Any:
    """What a call gives once the network has noticed a new account, about a second after."""
    deadline = time.monotonic() + 15
    while True:
        try:
            return ask()
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
