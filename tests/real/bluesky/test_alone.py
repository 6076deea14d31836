"""A Bluesky without an app view takes our replies and holds us to its limits."""

from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from rejoinder.channels.bluesky import channel
from rejoinder.channels.contract import Connection, Outgoing, Receipt
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.http import Network
from tests.contract.stage import same
from tests.real import network

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def pds() -> Iterator[network.Bluesky]:
    with network.bluesky("pds") as started:
        yield started


class Watching:
    """The guarded network, with its last answer kept."""

    def __init__(self, inner: Network) -> None:
        self._inner = inner
        self.last: Answer | None = None

    def call(self, method: str, url: str, **more: object) -> Answer:
        self.last = self._inner.call(method, url, **more)  # type: ignore[arg-type]  # passed on
        return self.last


def test_replies_arrive_once_and_the_headers_tell_what_is_left(pds: network.Bluesky) -> None:
    us, tom = pds.sign_up("brand"), pds.sign_up("tom")
    asked = _says(pds, tom, "no signal")
    with closing(Network({"localhost"})) as inner:
        http = Watching(inner)
        connection = Connection(
            settings={"handle": us.handle, "service": pds.pds},
            secrets={"password": us.password},
            external_id=us.did,
            handle=us.handle,
        )
        bluesky = channel(connection, http)
        left = []
        for number in range(3):
            outgoing = Outgoing(
                text=f"Reply {number}.",
                to=asked["uri"],
                root=asked["uri"],
                ref={"cid": asked["cid"]},
                created_at=clock.now(),
            )
            key = bluesky.new_key(outgoing.created_at, number)
            sent = bluesky.send(outgoing, key)
            assert isinstance(sent, Receipt), sent
            assert http.last is not None
            left.append(int(http.last.header["ratelimit-remaining"]))
            assert same(bluesky.find_sent(outgoing, key), sent)
    # Until it is nearly spent the headers show the limit of the address, not that of the account.
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == 3


def _says(pds: network.Bluesky, who: network.Somebody, text: str) -> dict[str, str]:
    url = f"{pds.pds}/xrpc"
    given = {"identifier": who.handle, "password": who.password}
    session = httpx.post(f"{url}/com.atproto.server.createSession", json=given).json()
    record = {"text": text, "createdAt": clock.now().isoformat()}
    wish = {"repo": who.did, "collection": "app.bsky.feed.post", "record": record}
    header = {"Authorization": f"Bearer {session['accessJwt']}"}
    answer = httpx.post(f"{url}/com.atproto.repo.createRecord", json=wish, headers=header)
    found: dict[str, str] = answer.raise_for_status().json()
    return found
