"""`rejoinder surge` tells alarms of a file of counts, the same on every beginning of the file."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.crisis.surge.scene import BIN, MONDAY, days

COMMAND = [sys.executable, "-m", "rejoinder.cli", "surge"]


def surge(file: Path, *words: str) -> tuple[int, list[dict[str, object]], str]:
    done = subprocess.run(
        [*COMMAND, str(file), *words], capture_output=True, text=True, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture
def rows() -> list[str]:
    quiet = days(16)
    counts = [*quiet, *(7 * n + 9 for n in days(1)), *quiet[:600], *(8 * n + 9 for n in days(0.6))]
    return [f"{written(n)},{count}" for n, count in enumerate(counts)]


def written(place: int) -> str:
    return datetime.fromtimestamp(MONDAY + place * BIN, UTC).strftime("%Y-%m-%d %H:%M:%S")


def file_of(folder: Path, rows: list[str]) -> Path:
    file = folder / "counts.csv"
    file.write_text("\n".join(["timestamp,count", *rows]) + "\n", encoding="utf-8")
    return file


def test_alarms_have_a_beginning_an_end_and_a_reason(tmp_path: Path, rows: list[str]) -> None:
    code, said, _ = surge(file_of(tmp_path, rows))
    assert code == 0
    assert len(said) == 2
    assert set(said[0]) == {"at", "score", "until", "why"}
    assert written(16 * 288) <= str(said[0]["at"]) <= written(16 * 288 + 6)
    assert written(17 * 288 - 12) <= str(said[0]["until"]) <= written(17 * 288 + 48)
    assert "in the last" in str(said[0]["why"])
    assert said[1]["until"] is None


def test_a_longer_file_changes_nothing_that_was_said(tmp_path: Path, rows: list[str]) -> None:
    _, whole, _ = surge(file_of(tmp_path, rows))
    _, scores, _ = surge(file_of(tmp_path, rows), "--scores")
    assert [row["at"] for row in scores] == [row.split(",")[0] for row in rows]
    for cut in (16 * 288 + 3, len(rows) - 40):
        _, said, _ = surge(file_of(tmp_path, rows[:cut]))
        for one, same in zip(said, whole, strict=False):
            assert [one[k] for k in ("at", "score", "why")] == [
                same[k] for k in ("at", "score", "why")
            ]
        assert len(said) == len([one for one in whole if str(one["at"]) <= written(cut - 1)])
        _, some, _ = surge(file_of(tmp_path, rows[:cut]), "--scores")
        assert some == scores[:cut]


def test_fewer_false_alarms_are_never_more_alarms(tmp_path: Path, rows: list[str]) -> None:
    file = file_of(tmp_path, rows)
    many = [len(surge(file, "--false-alarms-per-month", x)[1]) for x in ("30", "0.5", "0.000001")]
    assert many == sorted(many, reverse=True)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--false-alarms-per-month", "0"], "false alarms a month are more than 0"),
        (["--false-alarms-per-month", "many"], "false alarms a month are more than 0"),
        (["--absent", "maybe"], "invalid choice"),
        (["--zone", "Mars/Olympus"], "no time zone"),
        (["--holidays", "Atlantis"], "no public holidays"),
    ],
)
def test_bad_usage_is_one_sentence(tmp_path: Path, words: list[str], reason: str) -> None:
    code, said, told = surge(file_of(tmp_path, []), *words)
    assert (code, said) == (2, [])
    assert reason in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("content", [b"timestamp,count\n\xff\xfe,1\n", b"\x00", b"", b"{}\n"])
def test_a_file_that_is_none_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "counts.csv"
    file.write_bytes(content)
    code, said, told = surge(file)
    assert (code, said) == (2, [])
    assert told.count("\n") == 1
    assert "Traceback" not in told


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, _, told = surge(tmp_path / "nowhere.csv")
    assert code == 2
    assert "nowhere.csv" in told
