"""Heads leave the machine by e-mail and by https, and show what was cut off since."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from rejoinder.cli import main
from rejoinder.plumbing import clock, config
from rejoinder.plumbing.http import Network
from rejoinder.privacy.ledger import heads, heads_away
from rejoinder.privacy.ledger.append import writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.ledger.heads import Head
from rejoinder.privacy.models import LedgerEntry, LedgerHead
from rejoinder.team.notify import mail
from tests.ports import free_port
from tests.team.notify.ear import Ear, listening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


class Box:
    """A mail server that keeps what it takes, as it came."""

    def __init__(self) -> None:
        self.came: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd calls it so
        self.came.append(envelope.content)
        return "250 OK"


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    kept, port = Box(), free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    set_to(monkeypatch, tmp_path, heads_mail="ann@example.com", smtp_url=f"smtp://127.0.0.1:{port}")
    yield kept
    server.stop()


@pytest.fixture
def ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    with listening() as server:
        set_to(monkeypatch, tmp_path, heads_url=server.url)
        net = Network(["127.0.0.1"])
        monkeypatch.setattr(heads_away, "network", lambda: net)
        yield server
        net.close()


def set_to(monkeypatch: pytest.MonkeyPatch, folder: Path, **values: str) -> None:
    changed = config.config().model_copy(update={"heads": folder / "heads.jsonl", **values})
    for room in (heads, heads_away, mail):
        monkeypatch.setattr(room, "config", lambda: changed)


def grow() -> None:
    with writing() as ledger:
        ledger.add(Entry(at=1, kind="opened", subject="s"))


def cut_off() -> None:
    """As somebody would who can write to the database: the end gone, all before it consistent."""
    LedgerEntry.objects.all().delete()
    LedgerHead.objects.all().delete()
    grow()


def test_an_empty_ledger_is_not_mailed_and_a_day_is_one_message(box: Box) -> None:
    assert heads_away.export() == 0
    grow()
    assert heads_away.export() == 1
    grow()
    clock.turn(timedelta(hours=23))
    assert heads_away.export() == 0
    clock.turn(timedelta(hours=1))
    assert heads_away.export() == 1
    clock.turn(timedelta(days=2))
    assert heads_away.export() == 0
    assert len(box.came) == 2


def test_a_mailed_head_shows_what_was_cut_off(
    box: Box, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grow()
    grow()
    heads_away.export()
    saved = tmp_path / "message.eml"
    saved.write_bytes(box.came[0])
    assert heads_away.read(saved) == [heads.now()]
    assert main(["verify", "--heads", str(saved)]) == 0
    cut_off()
    assert main(["verify"]) == 0
    capsys.readouterr()
    assert main(["verify", "--heads", str(saved)]) == 1
    assert "tells of an entry here" in capsys.readouterr().err


def test_each_head_goes_to_the_second_machine(ear: Ear, tmp_path: Path) -> None:
    grow()
    assert (heads_away.export(), heads_away.export()) == (1, 0)
    grow()
    clock.turn(timedelta(minutes=1))
    assert heads_away.export() == 1
    copied = tmp_path / "copied.jsonl"
    copied.write_bytes(b"".join(body for _, body in ear.came))
    assert [head.size for head in heads_away.read(copied)] == [1, 2]
    cut_off()
    assert main(["verify", "--heads", str(copied)]) == 1


def test_what_did_not_arrive_is_tried_again(ear: Ear, caplog: pytest.LogCaptureFixture) -> None:
    grow()
    ear.answers = 503
    assert heads_away.export() == 0
    assert "answered 503" in caplog.text
    ear.answers = 204
    assert heads_away.export() == 1


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"a": 1}', '{"x": {"size": 1}}'])
def test_a_damaged_note_of_what_was_sent_sends_again(ear: Ear, damage: str) -> None:
    grow()
    heads_away.export()
    heads.file().with_suffix(".sent.json").write_text(damage)
    assert heads_away.export() == 1


@pytest.mark.parametrize(
    "text", [b"Dear all", b"Subject: x\n\nno head\n", b"\xff\xfe\0", b'{"a":1}']
)
def test_what_is_no_head_is_said(
    text: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter"
    path.write_bytes(text)
    assert main(["verify", "--heads", str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_a_head_reads_as_it_was_written(monday: datetime) -> None:
    head = Head(3, "ab", "cd")
    line = json.dumps({"at": monday.isoformat(), **head._asdict()})
    assert heads.head(line, "here") == head
