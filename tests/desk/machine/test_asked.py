"""What a machine is asked, and what of its answer is taken."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.machine import asked
from rejoinder.desk.machine.asked import Post

posts = st.lists(st.builds(Post, st.text(max_size=2000), st.booleans()), max_size=30)


@given(posts, st.text(max_size=3000))
def test_a_request_is_bounded_and_in_the_documented_shape(said: list[Post], answer: str) -> None:
    body = asked.body("small", said, answer, 280)

    messages: Any = body["messages"]
    system, user = messages
    assert (system["role"], user["role"], body["stream"]) == ("system", "user", False)
    assert "280 characters" in system["content"]
    assert len(user["content"]) < (asked.POSTS + 1) * (asked.POST + 50)
    json.dumps(body)


@given(st.text(max_size=5000))
def test_any_text_is_taken_within_its_length(words: str) -> None:
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]})
    try:
        taken = asked.text(body.encode("utf-8", "replace"))
    except asked.UnreadableError:
        return
    assert 0 < len(taken) <= asked.LONGEST
    assert all(each.isprintable() or each == "\n" for each in taken)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}',
     b'{"choices": [{"message": {"content": " \\u202e "}}]}', b"[" * 100_000, b"\xff"],
)  # fmt: skip
def test_what_is_no_answer(body: bytes) -> None:
    with pytest.raises(asked.UnreadableError):
        asked.text(body)


def test_why_it_refuses_is_said_on_one_line() -> None:
    assert asked.why(b'{"error": {"message": "Rate\\nlimit.", "code": 429}}') == "Rate limit."
    assert asked.why(b'{"error": "no"}') == ""
