"""`rejoinder alike` answers posts at once and in order; labels are learned and say nothing."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "rejoinder.cli", "alike"]

POSTS = [
    "Is the network down in Leeds this morning?",
    "is your network down in leeds today?",
    "Can I upgrade my phone early?",
    "Anyone else with the network down in Leeds?",
]


def alike(lines: list[Any], *words: str) -> tuple[int, list[dict[str, Any]], str]:
    """The exit code, the answers, and what was written for people."""
    said = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = subprocess.run(
        [*COMMAND, *words],
        input=said.encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=False,
    )
    return (
        done.returncode,
        [json.loads(line) for line in done.stdout.splitlines()],
        done.stderr.decode(),
    )


def asked() -> list[Any]:
    return [{"id": n, "text": text} for n, text in enumerate(POSTS)]


def test_a_label_takes_effect_for_the_next_post_and_retires_the_provisional_name() -> None:
    lines = [*asked(), {"id": 1, "question": "outage"}]
    lines += [{"id": 10 + n, "text": POSTS[n % 2]} for n in range(4)]
    code, said, _ = alike(lines)
    assert code == 0
    assert [one["id"] for one in said] == [0, 1, 2, 3, 10, 11, 12, 13]
    new = said[1]["question"]
    assert new.startswith("new-")
    assert said[2]["question"] is None
    assert said[3]["question"] == new
    assert {one["question"] for one in said[4:]} <= {"outage", None}
    assert "outage" in {one["question"] for one in said[4:]}
    assert all(0 <= one["confidence"] <= 1 for one in said)


def test_an_answer_does_not_wait_for_the_next_line(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "--state", str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in asked():
            process.stdin.write(json.dumps(line).encode() + b"\n")
            process.stdin.write(json.dumps({"id": line["id"], "question": "x"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == line["id"]
        process.stdin.close()
        assert process.wait(60) == 0


def test_what_was_learned_is_there_after_a_restart(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "learned"))
    code, _, _ = alike(asked(), *state)
    assert code == 0
    lines = [{"id": 0, "question": "outage"}, {"id": 1, "question": "outage"}]
    code, said, _ = alike([*lines, {"id": 9, "text": POSTS[1]}], *state)
    assert code == 0
    assert [one["question"] for one in said] == ["outage"]


def test_people_are_counted_not_posts() -> None:
    lines = [{"id": n, "text": POSTS[0], "person": "granny"} for n in range(5)]
    _, said, _ = alike([*lines, {"id": 5, "text": POSTS[0], "person": "tom"}])
    assert [one["question"] for one in said[:5]] == [None] * 5
    assert said[5]["question"].startswith("new-")


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    lines = [
        "nonsense",
        {"id": 2},
        {"id": 3, "text": "both", "question": "both"},
        {"id": 99, "question": "nobody"},
        {"id": 5, "question": "new-0123456789"},
        {"id": 6, "question": " "},
        {"text": "no id"},
        '{"id":8,"text":"caf\udce9"}',
        {"id": 9, "question": None},
        {"id": 10, "text": POSTS[0]},
    ]
    code, said, _ = alike(lines)
    assert code == 1
    assert [one.get("line") for one in said] == [*range(1, 10), None]
    assert said[3] == {"line": 4, "id": 99, "error": "No post with this id is remembered."}
    assert said[9]["id"] == 10


def test_hostile_texts_are_answered() -> None:
    texts = [
        "",
        " ",
        "\x00",
        "🙂" * 500,
        "a" * 2_000_000,
        "-" * 50_000,
        "(((" * 9_999,
        "\u202eשלום",
    ]
    code, said, _ = alike([{"id": n, "text": text} for n, text in enumerate(texts)])
    assert code == 0
    assert [one["id"] for one in said] == list(range(len(texts)))


def test_ids_are_the_same_however_they_are_written() -> None:
    code, _, _ = alike(['{"id":"caf\\u00e9","text":"hi"}', '{"id":"café","question":"hello"}'])
    assert code == 0
    code, said, _ = alike(['{"id":1,"text":"hi"}', '{"id":"1","question":"hello"}'])
    assert code == 1
    assert said[1]["id"] == "1"


def test_a_foreign_state_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "alike.npz").write_bytes(b"something else")
    code, said, words = alike(asked(), "--state", str(tmp_path))
    assert (code, said) == (2, [])
    assert words == f"{tmp_path}/alike.npz is not a state of alike, or is broken.\n"
