"""Every line gets one answer, in order; a bad one says which it was and why."""

import io
import json
import os
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


def run(lines: bytes) -> tuple[int, list[Any]]:
    """The exit code, and the answers as they can be read again."""
    read, write = os.pipe()
    sink = io.BytesIO()
    with open(read, "rb") as source:  # noqa: PTH123  # a pipe has no path
        with open(write, "wb") as end:  # noqa: PTH123
            end.write(lines)
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
