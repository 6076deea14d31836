"""Every line gets one answer, in order; a bad one says which it was and why."""

import io
import json
import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw, Struct

from rejoinder.plumbing import jsonl
from rejoinder.plumbing.jsonl import BadLineError


class Asked(Struct):
    text: str
    id: Raw = jsonl.NULL


class Said(Struct):
    id: Raw
    size: int


def size(asked: Asked) -> Said:
    if asked.text == "refuse me":
        raise BadLineError("This one is refused")
    return Said(asked.id, len(asked.text))


Many = Callable[[list[Asked]], Sequence[Struct | BadLineError | None]]


def run(lines: bytes, many: Many | None = None) -> tuple[int, list[Any]]:
    """The exit code, and the answers as they can be read again."""
    read, write = os.pipe()
    sink = io.BytesIO()
    with open(read, "rb") as source:  # noqa: PTH123  # a pipe has no path
        with open(write, "wb") as end:  # noqa: PTH123
            end.write(lines)
        if many:
            code = jsonl.answer_all(source, sink, Asked, many)
        else:
            code = jsonl.answer(source, sink, Asked, size)
    return code, [json.loads(line) for line in sink.getvalue().splitlines()]


def test_each_line_is_answered_with_its_own_id() -> None:
    code, said = run(b'{"id":7,"text":"abc"}\n{"id":"x","text":""}\n{"text":"no id"}\n')
    assert code == 0
    assert said == [{"id": 7, "size": 3}, {"id": "x", "size": 0}, {"id": None, "size": 5}]


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    lines = [
        b'{"id":1}',
        b"nonsense",
        b"",
        b'{"id":4,"text":"caf\xe9"}',
        b'{"id":5,"text":5}',
        b'{"id":6,"text":"refuse me"}',
        b"[1]",
        b'{"id":8,"text":"good"}',
    ]
    code, said = run(b"\n".join(lines))
    assert code == 1
    assert [one.get("line") for one in said] == [1, 2, 3, 4, 5, 6, 7, None]
    assert [one["id"] for one in said] == [1, None, None, 4, 5, 6, None, 8]
    assert said[2]["error"] == "The line is empty."
    assert said[5]["error"] == "This one is refused."
    assert all(one["error"].endswith(".") for one in said[:7])


def test_an_id_in_broken_bytes_does_not_get_out() -> None:
    code, said = run(b'{"id":"caf\xe9","text":"hi"}')
    assert code == 1
    assert said == [{"line": 1, "id": None, "error": "The line is not UTF-8."}]


def test_nothing_in_is_nothing_out() -> None:
    assert run(b"") == (0, [])


@settings(deadline=None)
@given(st.lists(st.text(), max_size=20))
def test_chunks_do_not_show(texts: list[str]) -> None:
    lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(texts)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "CHUNK", 7)
        code, said = run("\n".join(lines).encode())
    assert code == 0
    assert said == [{"id": n, "size": len(text)} for n, text in enumerate(texts)]


def test_what_is_nested_beyond_measure_is_refused_like_any_bad_line() -> None:
    deep = b'{"id":' + b"[" * 20_000 + b"]" * 20_000 + b',"text":"x"}'
    code, said = run(deep + b'\n{"id":2,"text":"good"}')
    assert code == 1
    assert said[0] == {"line": 1, "id": None, "error": "The line is nested too deeply."}
    assert said[1] == {"id": 2, "size": 4}


def test_lines_that_are_there_together_are_one_batch_without_the_bad_ones() -> None:
    batches: list[int] = []

    def many(asked: list[Asked]) -> list[Struct | BadLineError | None]:
        batches.append(len(asked))
        answers: list[Struct | BadLineError | None] = []
        for one in asked:
            if one.text == "label":
                answers.append(None)
            elif one.text == "refuse me":
                answers.append(BadLineError("This one is refused"))
            else:
                answers.append(Said(one.id, len(one.text)))
        return answers

    texts = ["a", "refuse me", "label", "abcd"]
    lines = [json.dumps({"id": n, "text": text}).encode() for n, text in enumerate(texts)]
    code, said = run(b"\n".join([lines[0], b"nonsense", *lines[1:]]) + b"\n", many)
    assert code == 1
    assert batches == [4]
    assert [one["id"] for one in said] == [0, None, 1, 3]
    assert [one.get("line") for one in said] == [None, 2, 3, None]
    assert said[3] == {"id": 3, "size": 4}


def test_a_batch_of_nothing_good_asks_nobody() -> None:
    def many(asked: list[Asked]) -> list[Struct | BadLineError | None]:
        raise AssertionError

    code, said = run(b"one\ntwo\n", many)
    assert (code, len(said)) == (1, 2)


def test_a_batch_is_bounded() -> None:
    sizes: list[int] = []

    def many(asked: list[Asked]) -> list[Struct | BadLineError | None]:
        sizes.append(len(asked))
        return [Said(one.id, len(one.text)) for one in asked]

    code, said = run(b'{"text":"a"}\n' * 4000, many)
    assert (code, len(said)) == (0, 4000)
    assert max(sizes) == jsonl.SIZE
