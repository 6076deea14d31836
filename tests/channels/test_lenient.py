"""One bad post does not hide the rest of a page."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.lenient import UnreadableError, decode

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


class Words(msgspec.Struct):
    text: str


@given(anything)
def test_good_json_is_read_as_it_is(value: object) -> None:
    assert decode(json.dumps(value).encode(), object) == value


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"text": "caf\xe9"}', "caf�"),
        (b'{"text": "half \\ud83d a face"}', "half ? a face"),
        (b'{"text": "nul \\u0000"}', "nul \x00"),
    ],
)
def test_broken_characters_are_mended(body: bytes, text: str) -> None:
    assert decode(body, Words).text == text


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"text"', b'{"text": 5}', b"[" * 100_000, b"\xff\xfe"]
)
def test_what_is_no_json_is_said_so(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(body, Words)


@given(st.binary(max_size=50))
def test_no_bytes_raise_anything_else(body: bytes) -> None:
    try:
        decode(body, Words)
    except UnreadableError:
        return
