"""`rejoinder count` answers a script line by line, in the numbers of the platform."""

import json
import subprocess
import sys

from rejoinder.channels import registry

COMMAND = [sys.executable, "-m", "rejoinder.cli", "count", "--channel"]


def count(channel: str, lines: str) -> tuple[int, list[dict[str, object]], str]:
    done = subprocess.run(
        [*COMMAND, channel], input=lines, capture_output=True, text=True, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_texts_are_counted_as_the_platform_counts() -> None:
    family = "👩‍👩‍👧‍👦"
    texts = ["x" * 300, "x" * 301, family, family * 121]
    lines = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    code, said, _ = count("bluesky", lines)
    assert code == 0
    assert said == [
        {"id": 0, "used": 300, "allowed": 300, "ok": True},
        {"id": 1, "used": 301, "allowed": 300, "ok": False},
        {"id": 2, "used": 25, "allowed": 3000, "ok": True},
        {"id": 3, "used": 3025, "allowed": 3000, "ok": False},
    ]


def test_a_bad_line_ends_with_one_but_does_not_stop_the_rest() -> None:
    code, said, _ = count("pretend", 'nope\n{"id":2,"text":"hi"}\n')
    assert code == 1
    assert said[0]["line"] == 1
    assert said[1] == {"id": 2, "used": 2, "allowed": 280, "ok": True}


def test_an_unknown_channel_is_one_sentence_that_lists_the_known() -> None:
    code, said, words = count("carrier-pigeon", "")
    assert (code, said) == (2, [])
    known = ", ".join(sorted(registry.channels()))
    assert words == f"There is no channel 'carrier-pigeon'. There are: {known}.\n"


def test_an_answer_does_not_wait_for_the_next_line() -> None:
    with subprocess.Popen(
        [*COMMAND, "pretend"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "hello"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(30) == 0
