"""Handing a message in: how far it came decides whether it may be sent again."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing import smtp
from rejoinder.plumbing.answer import NoAnswerError

MESSAGE = b"Subject: x\r\n\r\nhello\r\n.\r\nQUIT\r\n"


@contextmanager
def says(*lines: bytes) -> Iterator[tuple[smtp.Server, list[bytes]]]:
    """A server that answers so, line by line, and hangs up; and what it was told."""
    told: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rb") as lines_in:
                for line in lines:
                    connection.sendall(line)
                    if line.startswith(b"354"):
                        _until_dot(lines_in, told)
                    else:
                        told.append(lines_in.readline())

        thread = threading.Thread(target=serve)
        thread.start()
        host, port = listening.getsockname()
        yield smtp.Server("smtp", host, port), told
        thread.join(10)


def _until_dot(lines: "Iterator[bytes]", told: list[bytes]) -> None:
    for line in lines:
        told.append(line)
        if line == b".\r\n":
            return


UP = (b"220 hello\r\n", b"250 hello\r\n")
GO = (*UP, b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n")


def deliver(server: smtp.Server) -> tuple[int, str]:
    answer = smtp.deliver(server, "a@example.com", "b@example.com", MESSAGE)
    return answer.status, answer.header[smtp.STEP]


@pytest.mark.parametrize(
    ("lines", "came"),
    [
        ((*GO, b"250 kept\r\n"), (250, "data")),
        ((*GO, b"554 spam\r\n"), (554, "data")),
        ((*GO, b"451 later\r\n"), (451, "data")),
        ((*UP, b"250 ok\r\n", b"550 unknown\r\n"), (550, "recipient")),
        ((*UP, b"452 full\r\n"), (452, "sender")),
        ((*UP, b"250 ok\r\n", b"250 ok\r\n", b"421 busy\r\n"), (421, "data")),
        ((b"554 not you\r\n",), (554, "open")),
    ],
)
def test_the_code_and_how_far_it_came(lines: tuple[bytes, ...], came: tuple[int, str]) -> None:
    with says(*lines) as (server, _):
        assert deliver(server) == came


@pytest.mark.parametrize(
    ("lines", "arrived"),
    [(GO, True), (UP, False), ((*UP, b"250 ok\r\n"), False), ((b"",), False)],
)
def test_silence_is_in_doubt_only_when_all_of_it_had_left(
    lines: tuple[bytes, ...], *, arrived: bool
) -> None:
    with says(*lines) as (server, _), pytest.raises(NoAnswerError) as caught:
        deliver(server)
    assert caught.value.may_have_arrived == arrived


def test_a_dot_in_the_words_ends_nothing() -> None:
    with says(*GO, b"250 kept\r\n") as (server, told):
        deliver(server)
    assert b"..\r\n" in told
    assert told.count(b".\r\n") == 1


def test_a_password_travels_encrypted_or_not_at_all() -> None:
    with says(*UP) as (server, told), pytest.raises(NoAnswerError, match="no encryption"):
        deliver(server._replace(user="a", password="secret"))
    assert not any(b"AUTH" in line for line in told)


def test_nobody_there_is_told_so() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(NoAnswerError) as caught:
        deliver(smtp.Server("smtp", "127.0.0.1", port))
    assert not caught.value.may_have_arrived


@given(st.text(max_size=40))
def test_addresses_of_servers_are_read_as_urls(password: str) -> None:
    from urllib.parse import quote

    found = smtp.server(f"smtp://a%40b:{quote(password, safe='')}@mail.example.com:2525")
    assert found[:5] == ("smtp", "mail.example.com", 2525, "a@b", password)
