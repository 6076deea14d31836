"""Private messages through a real server, with somebody else's client at the other end.

The network for development has no service for them, so ours in memory answers behind the real
server: that one hands the calls on, signs for who calls, and refuses an app password without the
right. What ours answers is read by the client strictly, field by field.
"""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from atproto import Client, models
from atproto_client.namespaces.sync_ns import ChatBskyConvoNamespace

from rejoinder.channels.bluesky import channel, messages
from rejoinder.channels.bluesky.bluesky import Bluesky
from rejoinder.channels.contract import Connection, Outgoing, Receipt, TroubleError
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from tests.channels.bluesky.chat import FakeChat, RefusedError
from tests.real import network

pytestmark = pytest.mark.real

MANY = {"members"}
NUMBERS = {"limit"}


@dataclass
class Served:
    """The service in memory, by its DID."""

    chat: FakeChat
    did: str


@pytest.fixture(scope="module")
def pds() -> Iterator[network.Bluesky]:
    with network.bluesky("pds") as started:
        yield started


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with _serving(FakeChat({})) as found:
        yield found


@pytest.fixture(scope="module")
def http(pds: network.Bluesky) -> Iterator[Network]:
    with closing(Network({urlsplit(pds.pds).hostname or ""})) as opened:
        yield opened


@pytest.fixture(scope="module")
def us(pds: network.Bluesky, served: Served) -> network.Somebody:
    return _joins(pds, served, "brand")


@pytest.fixture(scope="module")
def tom(pds: network.Bluesky, served: Served) -> Iterator[Client]:
    who = _joins(pds, served, "tom")
    client = Client(base_url=f"{pds.pds}/xrpc")
    # Its own sign-in asks the app view for a profile, which is not there.
    client._set_session(
        "create",
        client.com.atproto.server.create_session(
            {"identifier": who.handle, "password": who.password}
        ),
    )
    client.me = models.AppBskyActorDefs.ProfileViewDetailed(did=who.did, handle=who.handle)
    yield client
    client.request.close()


@pytest.fixture(scope="module")
def app(tom: Client, served: Served) -> Iterator[ChatBskyConvoNamespace]:
    """Tom's way to his messages."""
    client = tom.with_proxy("bsky_chat", served.did)
    yield client.chat.bsky.convo
    client.request.close()


@pytest.fixture(autouse=True)
def elsewhere(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "SERVICE", f"{served.did}#bsky_chat")


def test_tom_writes_and_is_answered_in_his_app(
    pds: network.Bluesky,
    http: Network,
    us: network.Somebody,
    tom: Client,
    app: ChatBskyConvoNamespace,
) -> None:
    ours = _ours(pds, http, us, us.password)
    rev = messages.start(ours._session)
    convo = app.get_convo_for_members({"members": [us.did]}).convo
    said = app.send_message({"convo_id": convo.id, "message": {"text": "my account"}})

    log = messages.read(ours._session, us.did, rev)

    [post] = log.posts
    assert (post.text, post.author_id, post.handle) == ("my account", tom.me.did, tom.me.handle)
    assert post.external_id == f"chat:{convo.id}/{said.id}"
    assert not post.public
    outgoing = Outgoing(
        text="It is open again.",
        to=post.external_id,
        root=post.root or "",
        ref=post.ref,
        private=True,
        created_at=clock.now(),
    )
    sent = ours.send(outgoing, "1")
    assert isinstance(sent, Receipt), sent
    found = app.get_messages({"convo_id": convo.id}).messages
    assert [(each.text, each.sender.did) for each in found] == [
        ("It is open again.", us.did),
        ("my account", tom.me.did),
    ]
    receipt = ours.find_sent(outgoing, "1")
    assert receipt is not None
    assert receipt.external_id == sent.external_id
    again = messages.read(ours._session, us.did, log.rev).posts
    assert [(each.text, each.ours) for each in again] == [("It is open again.", True)]


def test_everything_the_service_in_memory_answers_is_what_the_client_expects(
    us: network.Somebody, tom: Client, served: Served, app: ChatBskyConvoNamespace
) -> None:
    served.chat.writes(tom.me.did, us.did, "one more")
    [convo] = app.list_convos({"limit": 1}).convos
    assert {member.did for member in convo.members} == {us.did, tom.me.did}
    assert app.get_convo({"convo_id": convo.id}).convo.id == convo.id
    assert app.accept_convo({"convo_id": convo.id}).rev
    logs = app.get_log({"cursor": "0"}).logs
    assert {type(line).__name__ for line in logs} >= {"LogBeginConvo", "LogCreateMessage"}


def test_an_app_password_without_the_right_is_told_so(
    pds: network.Bluesky, http: Network, us: network.Somebody
) -> None:
    session = http.call(
        "POST",
        f"{pds.pds}/xrpc/com.atproto.server.createSession",
        json={"identifier": us.handle, "password": us.password},
    )
    token = json.loads(session.body)["accessJwt"]
    for name, opens in (("public", False), ("private", True)):
        made = http.call(
            "POST",
            f"{pds.pds}/xrpc/com.atproto.server.createAppPassword",
            header={"Authorization": f"Bearer {token}"},
            json={"name": name, "privileged": opens},
        )
        ours = _ours(pds, http, us, json.loads(made.body)["password"])
        if opens:
            assert ours.identify().external_id == us.did
            continue
        with pytest.raises(TroubleError, match="does not open private messages"):
            ours.identify()


def _joins(pds: network.Bluesky, served: Served, name: str) -> network.Somebody:
    who = pds.sign_up(name)
    served.chat.people[who.did] = who.handle
    return who


def _ours(pds: network.Bluesky, http: Network, us: network.Somebody, password: str) -> Bluesky:
    connection = Connection(
        settings={"handle": us.handle, "service": pds.pds, "messages": "yes"},
        secrets={"password": password},
        external_id=us.did,
        handle=us.handle,
    )
    return channel(connection, http)


@contextmanager
def _serving(chat: FakeChat) -> Iterator[Served]:
    """Ours over HTTP, with the document that its DID leads to."""
    server = _Server(chat)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(chat, server.did)
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def __init__(self, chat: FakeChat) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        port = self.server_address[1]
        self.chat = chat
        self.did = f"did:web:localhost%3A{port}"
        endpoint = {
            "id": "#bsky_chat",
            "type": "BskyChatService",
            "serviceEndpoint": f"http://localhost:{port}",
        }
        self.document = {"id": self.did, "service": [endpoint]}


class _Door(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/did.json":
            self._answer(200, self.server.document)
            return
        asked = {
            name: values if name in MANY else int(values[0]) if name in NUMBERS else values[0]
            for name, values in parse_qs(parts.query).items()
        }
        self._call(parts.path, asked)

    def do_POST(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(size) if size else self._chunked()
        self._call(urlsplit(self.path).path, json.loads(body))

    def _chunked(self) -> bytes:
        found = b""
        while size := int(self.rfile.readline() or b"0", 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        return found

    def _call(self, path: str, given: dict[str, Any]) -> None:
        """Who calls is whom the server signed for: the token says it, and for what it is."""
        token = self.headers.get("authorization", "").removeprefix("Bearer ")
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        method = path.removeprefix("/xrpc/")
        if (claims["aud"].partition("#")[0], claims["lxm"]) != (self.server.did, method):
            self._answer(401, {"error": "BadJwt", "message": "not for us"})
            return
        try:
            name = method.rpartition(".")[2]
            self._answer(200, self.server.chat.answer(claims["iss"], name, given))
        except RefusedError as no:
            self._answer(no.status, {"error": no.error, "message": no.message})

    def _answer(self, status: int, body: Any) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nobody reads it."""
