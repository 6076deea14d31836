"""A HAR file is read entry by entry, however it is cut and whatever is broken in it."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.leakcheck.har import Entry, NotHarError, entries
from rejoinder.privacy.leakcheck.shapes import Request

_JSON = st.recursive(
    st.none() | st.integers() | st.text('"\\{}[],:aé\ud800'),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('"{}[],x'), inner),
    max_leaves=8,
)


class Slow(io.BytesIO):
    """Gives a few bytes at a time."""

    def read(self, many: int | None = -1, /) -> bytes:
        return super().read(3)


def har(members: list[Any]) -> bytes:
    pages = [{"id": "entries", "title": '"entries": ['}]
    log = {"version": "1.2", "pages": pages, "entries": members, "comment": "entries"}
    return json.dumps({"log": log}).encode()


def asked(url: str, headers: Any = None, **more: Any) -> dict[str, Any]:
    return {"request": {"method": "GET", "url": url, "headers": headers, **more}, "response": {}}


def read(file: bytes, *, slow: bool = False) -> list[Entry]:
    return list(entries(Slow(file) if slow else io.BytesIO(file)))


def test_a_request_is_read_with_its_headers_and_body() -> None:
    sent = {"mimeType": "application/json", "text": '{"m": 1}'}
    one = asked("http://a.example/x?y=1", [{"name": "X-A", "value": "1"}], postData=sent)
    request = Request(
        "a.example",
        "http://a.example/x?y=1",
        [("X-A", "1"), ("Content-Type", "application/json")],
        b'{"m": 1}',
    )
    assert read(har([one])) == [Entry(1, request)]


def test_cookies_and_parts_of_a_form_are_read_where_no_text_has_them() -> None:
    pair = [{"name": "m", "value": "7"}]
    (entry,) = read(har([asked("http://a.example/", cookies=pair, postData={"params": pair})]))
    assert entry.request is not None
    assert entry.request.headers[0] == ("Cookie", "m=7")
    assert entry.request.body == b'"m": "7"'


def test_what_is_broken_is_told_by_its_number_and_the_rest_is_read() -> None:
    good = json.dumps(asked("http://a.example/", [{"name": "X"}, {"name": "Y", "value": "1"}]))
    texts = [good, "null", "7", "{oops}", '{"request": {"url": 5}}', '{"request": {"url": "x"}}',
             '{"request": {"url": "http://[/"}}', good]  # fmt: skip
    found = read(f'{{"log": {{"entries": [{",".join(texts)}]}}}}'.encode())
    assert [entry.number for entry in found] == list(range(1, 9))
    assert [entry.number for entry in found if entry.request] == [1, 8]
    assert all(entry.wrong for entry in found)


def test_a_file_that_ends_too_early_gives_what_it_had() -> None:
    whole = har([asked("http://a.example/"), asked("http://b.example/")])
    found = read(whole[: whole.index(b"b.example")])
    assert [bool(entry.request) for entry in found] == [True, False]
    assert found[1].wrong


@pytest.mark.parametrize("file", [b"", b"{}", b"[]", b"\xff\xfe\x00", b'{"log": {"entries": {}}}'])
def test_a_file_without_entries_is_no_har(file: bytes) -> None:
    with pytest.raises(NotHarError):
        read(file)


def test_no_entries_are_none() -> None:
    assert read(har([])) == []


@given(st.lists(_JSON, max_size=5), st.booleans())
def test_each_member_is_one_entry(members: list[Any], slow: bool) -> None:
    mixed = [one for member in members for one in (member, asked("http://a.example/"))]
    found = read(har(mixed), slow=slow)
    assert [entry.number for entry in found] == list(range(1, len(mixed) + 1))
    assert [bool(entry.request) for entry in found] == [False, True] * len(members)


@given(st.binary(max_size=200))
def test_any_bytes_may_come(noise: bytes) -> None:
    for file in (noise, b'{"log":{"entries":[' + noise + b"]}}"):
        try:
            found = read(file)
        except NotHarError:
            continue
        assert [entry.number for entry in found] == list(range(1, len(found) + 1))
