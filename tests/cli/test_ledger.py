"""`rejoinder affected` and `rejoinder verify`, as a script calls them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from rejoinder.cli import main
from rejoinder.privacy import vault
from rejoinder.privacy.ledger import heads
from rejoinder.privacy.models import LedgerEntry
from tests.privacy.stage import TINA, TOM, WHY, keep

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = ["affected", "--purpose", "callback", "--field", "phone"]


def opened() -> list[str]:
    found = [keep(TOM), keep(TINA)]
    for subject in found:
        vault.open(subject, "phone", "callback", "job", WHY)
    return found


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(list(words)) == 0
    return json.loads(capsys.readouterr().out)


def test_affected_says_exactly_who(monday: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    who = opened()
    found = said(capsys, *ASKED, "--from", "2026-03-02T09:00Z", "--to", "2026-03-02T09:01+00:00")
    assert (found["subjects"], found["openings"]) == (sorted(who), 2)
    assert found["head"] == heads.now()._asdict()
    assert found["covers"] == [
        {
            "system": "this desk",
            "from": "2026-03-02T09:00:00+00:00",
            "to": "2026-03-02T09:01:00+00:00",
            "openings": 2,
        }
    ]
    day = said(capsys, *ASKED, "--from", "2026-03-02", "--to", "2026-03-02")
    assert day["openings"] == 2
    before = said(capsys, *ASKED, "--from", "2026-03-01", "--to", "2026-03-02T09:00")
    assert (before["subjects"], before["openings"]) == ([], 0)


def test_affected_proves_each_opening(monday: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    opened()
    found = said(capsys, *ASKED, "--from", "2026-03-02", "--to", "2026-03-02", "--proofs")
    assert [(one["place"], one["entry"]["kind"]) for one in found["proofs"]] == [
        (0, "opened"),
        (1, "opened"),
    ]


@pytest.mark.parametrize(
    "words", [["--from", "soon", "--to", "2026-03-02"], ["--from", "2026-03-02", "--to", ""]]
)
def test_what_is_no_moment_is_bad_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*ASKED, *words])
    assert ended.value.code == 2


def test_a_time_that_ends_before_it_begins_is_bad_usage() -> None:
    assert main([*ASKED, "--from", "2026-03-02", "--to", "2026-02-01"]) == 2


def test_verify_finds_what_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened()
    kept = tmp_path / "heads.jsonl"
    kept.write_text(json.dumps(heads.now()._asdict()) + "\n")
    words = ["verify", "--json", "--heads", str(kept)]
    assert said(capsys, *words) == {"ok": True, "head": heads.now()._asdict(), "problems": []}
    LedgerEntry.objects.filter(place=1).update(actor="job other")
    assert main(words) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["ok"], found["problems"][0]["place"]) == (False, 1)


@pytest.mark.parametrize("line", ["{}", "x", '{"size": "many", "root": "", "chain": ""}', "[]"])
def test_heads_that_cannot_be_read_are_bad_usage(tmp_path: Path, line: str) -> None:
    kept = tmp_path / "heads.jsonl"
    kept.write_text(line)
    assert main(["verify", "--heads", str(kept)]) == 2
    assert main(["verify", "--heads", str(tmp_path / "none")]) == 2
