"""Heads are written down apart, each once, and survive a line that was cut off."""

from pathlib import Path

import pytest

from rejoinder.plumbing import config
from rejoinder.privacy.ledger import heads
from rejoinder.privacy.ledger.append import writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.ledger.replay import Replay

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    changed = config.config().model_copy(update={"heads": tmp_path / "other" / "heads.jsonl"})
    monkeypatch.setattr(heads, "config", lambda: changed)
    return heads.file()


def grow() -> None:
    with writing() as ledger:
        ledger.add(Entry(at=1, kind="opened", subject="s"))


def test_each_head_is_written_once(file: Path) -> None:
    assert heads.export() == 0
    grow()
    assert (heads.export(), heads.export()) == (1, 0)
    grow()
    assert heads.export() == 1
    assert [head.size for head in heads.read(file)] == [1, 2]
    assert Replay(heads.read(file)).problems == []


def test_a_line_that_was_cut_off_is_written_again_whole(file: Path) -> None:
    grow()
    heads.export()
    grow()
    heads.export()
    file.write_bytes(file.read_bytes()[:-20])
    assert heads.export() == 1
    assert [head.size for head in heads.read(file)] == [1, 2]
