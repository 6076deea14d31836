"""The master key comes from a program of the house, is asked for anew, and is never logged."""

import shlex
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from rejoinder.plumbing import backup, config, key_command, secrets
from rejoinder.plumbing.config import BadSettingError
from rejoinder.privacy import vault
from rejoinder.privacy.vault import rotation
from tests.privacy.stage import NUMBERS, TOM, WHY, keep

OLD, NEW = "ab" * 32, "cd" * 32
ASK = "import sys,urllib.request as u;sys.stdout.write(u.urlopen(sys.argv[1]).read().decode())"


class Kms(HTTPServer):
    """A small key server on loopback; it answers with `status` and `text`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.text, self.asked = 200, f"{OLD}\n", 0

    @property
    def command(self) -> str:
        url = f"http://127.0.0.1:{self.server_address[1]}/unwrap"
        return shlex.join([sys.executable, "-c", ASK, url])


class _Handler(BaseHTTPRequestHandler):
    server: Kms

    def do_GET(self) -> None:  # the name that http.server calls
        self.server.asked += 1
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.text.encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def kms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kms]:
    server = Kms()
    thread = Thread(target=server.serve_forever)
    thread.start()
    set_up = config.config().model_copy(
        update={"master_key": "", "master_key_command": server.command}
    )
    monkeypatch.setattr(config, "config", lambda: set_up)
    monkeypatch.setattr(backup, "config", lambda: set_up)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
    config._keys_of.cache_clear()


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six minutes on."""
    now = time.monotonic() + 360
    monkeypatch.setattr(time, "monotonic", lambda: now)


def test_it_is_asked_once_in_a_while(kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [config.master_keys() for _ in range(3)] == [(OLD,)] * 3
    assert kms.asked == 1
    assert "REJOINDER_MASTER_KEY_COMMAND" in backup.key_advice()
    kept = config.config().key_folder / "master_key"  # of other tests, if there is one
    assert not kept.exists() or OLD not in kept.read_text()


@pytest.mark.django_db(transaction=True)
def test_a_key_turned_there_is_taken_up_without_a_restart(
    kms: Kms, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject, credential = keep(TOM), secrets.seal({"token": "x"}, "account")
    kms.text = f"{NEW} {OLD}"
    later(monkeypatch)
    assert config.master_keys() == (NEW, OLD)
    assert vault.open(subject, "phone", "callback", "job", WHY) == NUMBERS[TOM]
    assert rotation.turn() == 2  # Tom's, and that of the blinded names
    assert rotation.left() == 0
    assert vault.open(subject, "phone", "callback", "job", WHY) == NUMBERS[TOM]
    assert secrets.unseal(credential, "account") == {"token": "x"}


def test_a_server_that_fails_stops_a_start_and_no_running_desk(
    kms: Kms, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kms.status = 500
    with pytest.raises(BadSettingError, match="ended with 1"):
        config.master_keys()
    kms.status = 200
    assert config.master_keys() == (OLD,)
    kms.status = 500
    later(monkeypatch)
    assert config.master_keys() == (OLD,)
    assert "stay in use" in caplog.text
    assert OLD not in caplog.text


@pytest.mark.parametrize("text", ["", "ab" * 31, f"{OLD},{NEW}", f"key: {OLD}", "zz" * 32])
def test_what_is_no_key_is_not_taken_and_not_told(kms: Kms, text: str) -> None:
    kms.text = text
    with pytest.raises(BadSettingError, match="something else") as error:
        config.master_keys()
    assert OLD not in str(error.value)


@pytest.mark.parametrize("command", ["/nowhere/at/all", "'", " ", "a\0b"])
def test_a_command_that_cannot_be_run_is_said(command: str) -> None:
    with pytest.raises(key_command.NoKeyError, match="cannot be run"):
        key_command.ask(command)


def test_a_command_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(key_command, "TIMEOUT", 0.2)
    with pytest.raises(key_command.NoKeyError, match="took over"):
        key_command.ask(shlex.join([sys.executable, "-c", "import time;time.sleep(9)"]))
