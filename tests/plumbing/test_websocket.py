"""A WebSocket as lines: whole, in order, with what is hostile ended and nothing else touched."""

import base64
import hashlib
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from rejoinder.plumbing import websocket
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.http import Network
from rejoinder.plumbing.websocket import Lines

TEXT, BINARY, PING, PONG, CLOSE = 1, 2, 9, 10, 8


@pytest.fixture
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


def frame(opcode: int, data: bytes, *, fin: bool = True) -> bytes:
    """As a server sends it, unmasked (RFC 6455, 5.2)."""
    head = bytes([opcode | (0x80 if fin else 0)])
    size = len(data)
    if size < 126:
        return head + bytes([size]) + data
    if size < 65_536:
        return head + b"\x7e" + struct.pack(">H", size) + data
    return head + b"\x7f" + struct.pack(">Q", size) + data


@contextmanager
def far_end(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server on this machine that does what it is told with the first who calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                speak(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"
        thread.join(timeout=10)


def agreed(connection: socket.socket) -> None:
    """The answer to the request for a WebSocket."""
    asked = connection.recv(65_536)
    found = re.search(rb"(?i)sec-websocket-key: (\S+)", asked)
    assert found is not None
    guid = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    proof = base64.b64encode(hashlib.sha1(found[1] + guid, usedforsecurity=False).digest())
    connection.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + proof + b"\r\n\r\n"
    )


def says(*frames: bytes) -> Callable[[socket.socket], None]:
    def speak(connection: socket.socket) -> None:
        agreed(connection)
        for each in frames:
            connection.sendall(each)

    return speak


def read(lines: Lines, within: float = 5) -> bytes:
    """All there is until its end."""
    found, deadline = b"", time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            found += lines.take(0.2)
        except NoAnswerError:
            return found
    raise AssertionError(found)


def heard(network: Network, *frames: bytes) -> bytes:
    with far_end(says(*frames)) as url:
        return read(network.socket(url.replace("http", "ws"), quiet=5))


def test_each_message_is_a_line(network: Network) -> None:
    assert (
        heard(network, frame(TEXT, b'{"a":1}') + frame(TEXT, "ü".encode()))
        == '{"a":1}\nü\n'.encode()
    )


def test_a_message_in_parts_is_one_line(network: Network) -> None:
    parts = frame(TEXT, b"one ", fin=False), frame(0, b"two ", fin=False), frame(0, b"three")
    assert heard(network, *parts) == b"one two three\n"


def test_what_is_binary_is_passed_over(network: Network) -> None:
    parts = frame(BINARY, b"x", fin=False), frame(0, b"y"), frame(TEXT, b"text")
    assert heard(network, *parts) == b"text\n"


def test_large_messages_arrive_whole(network: Network) -> None:
    large = b"x" * 900_000
    assert heard(network, frame(TEXT, large)) == large + b"\n"


def test_a_message_without_end_ends_the_stream_and_costs_no_more(network: Network) -> None:
    claimed = b"\x81\x7f" + struct.pack(">Q", 1 << 40) + b"x" * 100
    assert heard(network, frame(TEXT, b"first") + claimed) == b"first\n"
    assert heard(network, frame(TEXT, b"x" * (websocket.MOST + 1))) == b""


@pytest.mark.parametrize(
    "broken",
    [b"\xff\xff", frame(3, b"reserved"), frame(0, b"goes on with nothing"), b"\x81\x85mask12345"],
)
def test_what_breaks_the_protocol_ends_it(network: Network, broken: bytes) -> None:
    assert heard(network, frame(TEXT, b"first"), broken) == b"first\n"


def test_a_ping_is_answered(network: Network) -> None:
    answered: list[bytes] = []

    def speak(connection: socket.socket) -> None:
        agreed(connection)
        connection.sendall(frame(PING, b"there?"))
        answered.append(connection.recv(100))
        connection.sendall(frame(CLOSE, b""))

    with far_end(speak) as url:
        assert read(network.socket(url, quiet=5)) == b""
    assert answered[0][0] == 0x80 | PONG


def test_who_does_not_prove_that_they_mean_it_is_not_believed(network: Network) -> None:
    def speak(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: made-up\r\n\r\n"
        )

    with far_end(speak) as url, pytest.raises(NoAnswerError, match="not as a WebSocket"):
        network.socket(url, quiet=5)


def test_a_redirect_is_not_followed(network: Network) -> None:
    def speak(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:22/\r\nContent-Length: 0\r\n\r\n"
        )

    with far_end(speak) as url:
        lines = network.socket(url, quiet=5)
        assert lines.status == 302
        assert read(lines) == b""


@pytest.mark.parametrize(
    "url", ["ws://127.0.0.1:9/", "wss://10.0.0.1/", "wss://[::1]/", "file:///x"]
)
def test_a_private_address_is_not_called(url: str) -> None:
    network = Network()
    with pytest.raises(NoAnswerError):
        network.socket(url, quiet=1)
    network.close()


def test_what_nobody_takes_waits_at_the_far_end(network: Network) -> None:
    message, sent = frame(TEXT, b"x" * 60_000), 0

    def pour(connection: socket.socket) -> None:
        nonlocal sent
        agreed(connection)
        connection.settimeout(1)
        try:
            for _ in range(2000):
                connection.sendall(message)
                sent += 1
        except TimeoutError:
            pass

    with far_end(pour) as url:
        lines = network.socket(url, quiet=5)
        deadline = time.monotonic() + 10
        before = -1
        while sent != before and time.monotonic() < deadline:
            before = sent
            time.sleep(0.5)
        assert 0 < sent < 2000
        lines.close()
