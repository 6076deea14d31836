"""`rejoinder mask` masks line by line, or says where personal data stands."""

import json
import subprocess
import sys

COMMAND = [sys.executable, "-m", "rejoinder.cli", "mask"]


def mask(lines: str, *words: str) -> tuple[int, list[dict[str, object]], str]:
    done = subprocess.run(
        [*COMMAND, *words], input=lines, capture_output=True, text=True, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_texts_are_masked_and_bad_lines_named() -> None:
    lines = '{"id":"a","text":"ring o7700 9oo123 🙏"}\nnope\n{"id":3,"text":"signal is back"}\n'
    code, said, _ = mask(lines)
    assert code == 1
    assert said[0] == {"id": "a", "text": "ring [••• phone number] 🙏"}
    assert said[1]["line"] == 2
    assert said[2] == {"id": 3, "text": "signal is back"}


def test_spans_count_code_points() -> None:
    code, said, _ = mask('{"id":1,"text":"🙏🙏 bob@example.com"}\n', "--spans")
    assert code == 0
    assert said == [{"id": 1, "spans": [{"start": 3, "end": 18, "kind": "email"}]}]


def test_own_patterns_and_own_numbers() -> None:
    line = json.dumps({"id": 1, "text": "NW-12345678, ring 020 7946 0000"})
    code, said, _ = mask(line, "--pattern", "NW-[0-9]{8}", "--published", "02079460000")
    assert (code, said[0]["text"]) == (0, "[••• account or order number], ring 020 7946 0000")


def test_a_pattern_that_is_none_is_one_sentence() -> None:
    code, said, words = mask("", "--pattern", "([")
    assert (code, said) == (2, [])
    assert words.startswith("'([' is no pattern")
    assert words.count("\n") == 1


def test_an_answer_does_not_wait_for_the_next_line() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as p:
        assert p.stdin is not None
        assert p.stdout is not None
        for number in range(3):
            p.stdin.write(json.dumps({"id": number, "text": "SW1A 1AA"}) + "\n")
            p.stdin.flush()
            assert json.loads(p.stdout.readline()) == {"id": number, "text": "[••• postcode]"}
        p.stdin.close()
        assert p.wait(30) == 0
