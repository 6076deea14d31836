"""The guarded network calls nobody it should not, waits no longer than told, keeps no more."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from rejoinder.plumbing import clock, http
from rejoinder.plumbing.addresses import is_public
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.http import Network

HERE = "127.0.0.1"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


@contextmanager
def far_end(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server on this machine that reads one request and then does what it is told."""
    with socket.create_server((HERE, 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                speak(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://{HERE}:{server.getsockname()[1]}/x"
        thread.join(timeout=10)


@contextmanager
def network() -> Iterator[Network]:
    with closing(Network({HERE, "tom.test"})) as opened:
        yield opened


def call(speak: Callable[[socket.socket], None], **more: Any) -> Answer:
    with far_end(speak) as url, network() as opened:
        return opened.call("GET", url, **more)


def no_answer(speak: Callable[[socket.socket], None], **more: Any) -> NoAnswerError:
    with pytest.raises(NoAnswerError) as caught:
        call(speak, **more)
    return caught.value


def test_an_answer_comes_back_whole() -> None:
    answer = call(lambda s: s.sendall(OK.replace(b"OK\r\n", b"OK\r\nX-Left: 3\r\n")))
    assert (answer.status, answer.header["x-left"], answer.body) == (200, "3", b"hi")


def test_a_packed_answer_is_unpacked() -> None:
    body = gzip.compress(b"words")
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    assert call(lambda s: s.sendall(head.encode() + body)).body == b"words"


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"
    assert call(lambda s: s.sendall(head)).status == 302


def test_of_an_endless_answer_the_start_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MOST", 100_000)

    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                connection.sendall(b"x" * 65_536)
        except OSError:
            return

    answer = call(pour)
    assert answer.cut
    assert answer.body == b"x" * 100_000


def test_silence_ends_at_the_deadline_and_may_have_arrived() -> None:
    hold = threading.Event()

    def wait(connection: socket.socket) -> None:
        hold.wait(5)

    with far_end(wait) as url, network() as opened:
        with pytest.raises(NoAnswerError, match=r"gave no answer in 0\.2 seconds") as caught:
            opened.call("POST", url, json={}, timeout=0.2)
        hold.set()
    assert caught.value.may_have_arrived


def test_dripping_bytes_do_not_hold_a_call_beyond_its_time() -> None:
    hold = threading.Event()

    def drip(connection: socket.socket) -> None:
        try:
            while not hold.wait(0.05):
                connection.sendall(b"H")
        except OSError:
            return

    with far_end(drip) as url, network() as opened:
        with pytest.raises(NoAnswerError):
            opened.call("GET", url, timeout=0.3)
        hold.set()


@pytest.mark.parametrize(
    "half",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi", b"no protocol at all\r\n\r\n"],
)
def test_half_an_answer_is_none_and_may_have_arrived(half: bytes) -> None:
    assert no_answer(lambda s: s.sendall(half)).may_have_arrived


def test_a_packing_that_is_broken_is_no_answer() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nxyz"
    assert no_answer(lambda s: s.sendall(head)).may_have_arrived


def test_a_closed_door_surely_did_not_take_the_letter() -> None:
    with socket.create_server((HERE, 0)) as server:
        port = server.getsockname()[1]
    with network() as opened, pytest.raises(NoAnswerError, match="cannot be reached") as caught:
        opened.call("POST", f"http://{HERE}:{port}/", json={})
    assert not caught.value.may_have_arrived


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/"])
def test_a_private_address_is_not_called(url: str) -> None:
    with closing(Network()) as opened, pytest.raises(NoAnswerError, match="private") as caught:
        opened.call("GET", url)
    assert not caught.value.may_have_arrived


def test_a_name_that_points_inside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", ("169.254.169.254", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with closing(Network()) as opened, pytest.raises(NoAnswerError, match="REJOINDER_ALLOW"):
        opened.call("GET", "https://sly.example.com/")


def test_the_address_that_was_looked_at_is_the_one_called(monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = socket.getaddrinfo, []

    def answer(host: str, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        return real(HERE if host == "tom.test" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with far_end(lambda s: s.sendall(OK)) as url, network() as opened:
        assert opened.call("GET", url.replace(HERE, "tom.test")).body == b"hi"
    assert asked.count("tom.test") == 1


def test_a_certificate_that_nobody_vouches_for_is_told_nothing(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    heard: list[bytes] = []
    with socket.create_server((HERE, 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with suppress(OSError), context.wrap_socket(connection, server_side=True) as safe:
                heard.append(safe.recv(100))

        thread = threading.Thread(target=serve)
        thread.start()
        with network() as opened, pytest.raises(NoAnswerError, match="not trusted") as caught:
            opened.call("GET", f"https://{HERE}:{server.getsockname()[1]}/")
        thread.join(timeout=10)
    assert not caught.value.may_have_arrived
    assert heard == []


def self_signed(folder: Path) -> Path:
    """A key and a certificate for this machine, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HERE)])
    today = clock.now()
    made = x509.CertificateBuilder(
        name, name, key.public_key(), 1, today, today + timedelta(days=1)
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "self-signed.pem"
    file.write_bytes(pem + made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return file


def test_an_unknown_name_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with closing(Network()) as opened, pytest.raises(NoAnswerError, match="not known") as caught:
        opened.call("GET", "https://nowhere.example.com/")
    assert not caught.value.may_have_arrived


@pytest.mark.parametrize(
    "url", ["http://example.com/", "ftp://example.com/", "example.com", "https://[bad", ""]
)
def test_credentials_do_not_travel_in_clear_text(url: str) -> None:
    with closing(Network()) as opened, pytest.raises(NoAnswerError, match="https only"):
        opened.call("GET", url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse, nothing listens on it
        ("224.0.0.1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
    ],
)
def test_what_counts_as_public(address: str, public: bool) -> None:
    assert is_public(address) is public
