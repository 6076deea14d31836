"""`rejoinder drill` prints a day that can be checked, and says in a sentence what it cannot do."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from docs.generate import REFERENCE
from rejoinder.drill.reasons import REASONS
from rejoinder.drill.result import Result
from tests.drill import recheck

COMMAND = [sys.executable, "-m", "rejoinder.cli", "drill"]
SMALL = {
    "usual": 60,
    "surges": [{"shape": "outage", "begins_h": 10, "mentions": 200}],
    "limits": [{"account": "x", "name": "a day", "cap": 60, "window_s": 86_400}],
}


def drill(*arguments: str | Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def world(tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(SMALL))
    return path


def test_a_day_is_one_object_that_can_be_checked_again(world: Path) -> None:
    code, said, progress = drill("--world", world, "--policy", "priority", "--seed", "7", "--json")
    assert code == 0
    out = json.loads(said)
    contract = ["schema", "seed", "policy", "mode", "world", "limits", "arrivals", "decisions"]
    assert [name for name in [*contract, "posts", "score", "bound"] if name not in out] == []
    assert (out["schema"], out["seed"], out["mode"]) == (1, 7, "within-the-hour")
    recheck.check(out)
    assert recheck.over_limit(out) == 0
    for name, value in recheck.rescored(out).items():
        assert out["score"][name] == pytest.approx(value), name
    assert 0 < out["score"]["ratio"] <= 1
    assert {one["reason"] for one in out["decisions"]} <= set(REASONS)
    assert "23:00 of a day" in progress
    assert msgspec.json.decode(said, type=Result).seed == 7


def test_what_it_prints_has_the_fields_of_the_published_schema(world: Path) -> None:
    out = json.loads(drill("--world", world, "--policy", "fcfs", "--json")[1])
    shapes = json.loads((REFERENCE / "drill.schema.json").read_text())["$defs"]
    assert set(out) == set(shapes["Result"]["properties"])
    for name, shape in (
        ("arrivals", "Arrival"),
        ("decisions", "DecisionRow"),
        ("posts", "PostRow"),
        ("limits", "Limit"),
    ):
        assert set(out[name][0]) == set(shapes[shape]["properties"]), name
    assert set(out["score"]) == set(shapes["Score"]["properties"])


def test_people_read_the_score_in_words(world: Path) -> None:
    code, said, _ = drill("--world", world, "--policy", "even-pacing")
    assert code == 0
    assert "ratio to hindsight" in said
    assert "urgent within the hour" in said


def test_recorded_mentions_are_played_as_they_came(tmp_path: Path, world: Path) -> None:
    path = tmp_path / "monday.jsonl"
    path.write_text(
        '{"created_at": "2030-01-25T09:00:00Z", "text": "No signal, dad is on oxygen"}\n'
        '{"created_at": "2030-01-25T08:00:00Z", "author": "tom", "need": "common"}\n'
        '{"at": 36000, "author": "tom", "channel": "phone", "text": "ok", "need": "vent"}\n'
    )
    said = drill("--world", world, "--replay", path, "--policy", "fcfs", "--json")[1]
    first, second, third = json.loads(said)["arrivals"]
    assert [first["at"], second["at"], third["at"]] == [28_800, 32_400, 36_000]
    assert first["person"] == third["person"] != second["person"]
    assert second["need"] == second["seen_need"] == "urgent"
    assert (first["need"], third["need"], third["channel"]) == ("common", "vent", "phone")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nope", "Line 1 cannot be read"),
        ('{"text": "hi"}', "Line 1 has neither at nor created_at"),
        ('{"at": 90000}', "Mention 1 is not on the day of the first"),
        ('{"at": 1, "channel": "pigeon"}', "'pigeon' is no channel of the world"),
        ('{"created_at": "2030-01-25T09:00:00Z"}\n{"created_at": "2030-01-25T09:00:00"}', "zone"),
        ("", "no mention in the file"),
    ],
)
def test_a_bad_recording_is_one_sentence(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line)
    code, said, error = drill("--replay", path, "--policy", "fcfs")
    assert (code, said, error.count("\n")) == (2, "", 1)
    assert words in error


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--policy", "luck"], "no policy 'luck': bid-price"),
        (["atlantis"], "no world 'atlantis': bluesky, o2-2012, reference"),
        (["--seed", "-1"], "whole number"),
        (["--seed", "x"], "whole number"),
        (["--mode", "slow"], "--mode"),
        (["--world", "missing.json"], "missing.json"),
        (["o2-2012", "--world", "missing.json"], "not both"),
    ],
)
def test_bad_usage_is_one_sentence(arguments: list[str], words: str) -> None:
    code, said, error = drill(*arguments)
    assert (code, said, error.count("\n")) == (2, "", 1)
    assert words in error


def test_a_bad_world_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    path.write_bytes(b'{"mood": 1}\x00\xff')
    code, said, error = drill("--world", path)
    assert (code, said, error.count("\n")) == (2, "", 1)
    assert "world" in error


def test_days_are_compared_on_one_page(world: Path, tmp_path: Path) -> None:
    printed = []
    for policy in ("fcfs", "priority"):
        alone = tmp_path / f"{policy}.html"
        _, said, _ = drill("--world", world, "--policy", policy, "--json", "--report", alone)
        assert "A rehearsed day" in alone.read_text()
        printed.append(tmp_path / f"{policy}.json")
        printed[-1].write_text(said)
    both = tmp_path / "both.html"
    assert drill("compare", *printed, "--report", both) == (0, "", "")
    assert "Two ways through the same day" in both.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("compare", "--report", "x.html"), "takes the files"),
        (("compare", "nowhere.json", "--report", "x.html"), "nowhere.json"),
        (("compare", __file__, "--report", "x.html"), "This is no rehearsed day"),
        (("o2-2012", "more"), "after “compare” only"),
    ],
)
def test_what_cannot_be_compared_is_said(arguments: tuple[str, ...], words: str) -> None:
    code, said, why = drill(*arguments)
    assert (code, said) == (2, "")
    assert words in why
