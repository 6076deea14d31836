"""`rejoinder train`: labels in, a reading and honest scores out."""

import json
from pathlib import Path

import msgspec
import pytest

from rejoinder.cli import main
from rejoinder.listening.learn import own
from tests.listening.learn.made_up import labels


def _write(path: Path, *more: bytes) -> Path:
    lines = [msgspec.json.encode(one) for one in labels(120)]
    path.write_bytes(b"\n".join([*lines, *more]))
    return path


def _train(folder: Path, *more: str) -> int:
    given = ["--field", "topic", "--labels", str(folder / "labels"), "--model", str(folder / "m")]
    return main(["train", *given, *more])


def test_a_reading_is_learned_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(tmp_path / "labels", b"{broken", b'{"text": "once", "label": "rare"}')
    assert _train(tmp_path, "--json") == 1
    said, progress = capsys.readouterr()
    report = json.loads(said)
    assert report["kept"] == "new"
    assert report["before"] is None
    assert report["after"]["labels"] == ["bill", "signal", "thanks"]
    assert sum(map(sum, report["after"]["confusion"])) == report["held_back"]
    assert report["left_out"] == {"rare": 1}
    assert [one["line"] for one in report["refused"]] == [121]
    assert "fold 5 of 5" in progress
    assert own.load(tmp_path / "m").read(["no signal at all"])[0]["topic"].label == "signal"

    _write(tmp_path / "labels")
    assert _train(tmp_path) == 0
    said = capsys.readouterr().out
    assert "before  macro-F1" in said
    assert "after   macro-F1" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no label to learn from"),
        (b'{"text": "a", "label": "x"}\n{"text": "b", "label": "x"}', "one label, 'x'"),
        (b"nonsense", "no label to learn from"),
    ],
)
def test_what_cannot_be_learned_is_said_in_a_sentence(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "labels").write_bytes(content)
    assert _train(tmp_path) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "m").exists()


def test_a_missing_file_and_a_bad_name_are_bad_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _train(tmp_path) == 2
    _write(tmp_path / "labels")
    given = ["--labels", str(tmp_path / "labels"), "--model", str(tmp_path)]
    assert main(["train", "--field", "../x", *given]) == 2
    assert "cannot name a reading" in capsys.readouterr().err
