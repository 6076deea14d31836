"""Files are shown to the scanner whole, and one that it did not look at counts as stopped."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.plumbing import scanner
from rejoinder.plumbing.config import BadSettingError, read
from tests import scanning
from tests.plumbing.test_http import far_end


def test_without_one_nothing_is_asked() -> None:
    assert not scanner.is_set_up()
    scanner.scan(b"anything")


@pytest.mark.parametrize("size", [0, 1, scanner.PIECE, scanner.PIECE + 1, 3_000_000])
def test_it_is_shown_whole(size: int) -> None:
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    with scanning.scanner() as (address, shown), scanning.at(address):
        scanner.scan(data)
    assert shown == [data]


def test_what_it_finds_stops_the_file() -> None:
    with (
        scanning.scanner(scanning.infected) as (address, _),
        scanning.at(address),
        pytest.raises(scanner.InfectedError, match=r"^Win.Test.EICAR_HDB-1$"),
    ):
        scanner.scan(b"anything")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"INSTREAM size limit exceeded. ERROR\0", "size limit"),
        (b"UNKNOWN COMMAND\0", "UNKNOWN"),
        (b"stream: OK and more\0", "and more"),
        (b"", "closed"),
    ],
)
def test_what_it_did_not_look_at_is_stopped(said: bytes, why: str) -> None:
    with (
        scanning.scanner(lambda _: said) as (address, _),
        scanning.at(address),
        pytest.raises(scanner.NotScannedError, match=why),
    ):
        scanner.scan(b"anything")


def test_of_one_too_large_it_takes_no_more_and_says_so() -> None:
    def refuse(far: socket.socket) -> None:
        far.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        far.shutdown(socket.SHUT_RDWR)

    with (
        far_end(refuse) as url,
        scanning.at(f"tcp://{urlsplit(url).netloc}"),
        pytest.raises(scanner.NotScannedError, match=r"size limit|reset"),
    ):
        scanner.scan(b"x" * 20_000_000)


def test_one_that_is_away_or_silent_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "PATIENCE", 0.2)
    with (
        scanning.at(f"unix://{tmp_path}/clamd.ctl"),
        pytest.raises(scanner.NotScannedError, match="No such file"),
    ):
        scanner.scan(b"anything")
    with (
        socket.create_server((scanning.HERE, 0)) as server,
        scanning.at(f"tcp://{scanning.HERE}:{server.getsockname()[1]}"),
        pytest.raises(scanner.NotScannedError, match="timed out"),
    ):
        scanner.scan(b"anything")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=2000))
def test_no_answer_lets_a_file_through_but_its_own_yes(said: bytes) -> None:
    with scanning.scanner(lambda _: said) as (address, _), scanning.at(address):
        try:
            scanner.scan(b"anything")
        except (scanner.InfectedError, scanner.NotScannedError):
            return
    assert said.rstrip(b"\0\n") == b"stream: OK"


@pytest.mark.parametrize("value", ["clamd", "unix:clamd", "tcp://", "http://localhost:3310"])
def test_an_address_that_is_none_stops_the_start(value: str) -> None:
    with pytest.raises(BadSettingError, match="REJOINDER_SCANNER"):
        read({"REJOINDER_SCANNER": value})
