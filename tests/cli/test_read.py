"""`rejoinder read` answers a script line by line, in the shape that others rely on."""

import json
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "rejoinder.cli", "read"]


def read(lines: str, *options: str) -> tuple[int, list[dict[str, object]]]:
    done = subprocess.run(
        [*COMMAND, *options], input=lines, capture_output=True, text=True, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("options", [(), ("--fast",)])
def test_the_shape_of_an_answer(options: tuple[str, ...]) -> None:
    code, said = read('{"id":"a","text":"cannot call 999, dad has chest pains"}\n', *options)
    assert code == 0
    (answer,) = said
    assert answer["id"] == "a"
    assert answer["need"] == "urgent"
    assert set(answer) >= {"id", "lang", "sentiment", "intent", "need", "abuse", "personal"}
    assert set(answer["confidence"]) == {"lang", "sentiment", "intent", "need"}  # type: ignore[call-overload]  # JSON
    assert answer["own"] == {}
    assert any("cannot call 999" in why for why in answer["why"])  # type: ignore[attr-defined]  # JSON


def test_a_bad_line_stands_in_its_place() -> None:
    code, said = read('{"id":1,"text":"thanks"}\nnope\n{"id":3,"text":"Call 07700 900123"}\n')
    assert code == 1
    assert said[0]["id"] == 1
    assert said[1]["line"] == 2
    assert said[2]["personal"] == ["phone"]
