"""A reply for Bluesky: its key, its count, its marks, its place in the thread."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.bluesky import writing
from rejoinder.channels.contract import Outgoing

NINE = datetime(2026, 3, 2, 9, 0, 0, 123_456, tzinfo=UTC)
FAMILY = "👩‍👩‍👧‍👦"
PEOPLE = {"tom.example.com": "did:plc:tom"}


def marks(text: str) -> dict[str, dict[str, str]]:
    """What is marked, by the words under the mark, read back from bytes."""
    raw = text.encode()
    return {
        raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(): facet["features"][0]
        for facet in writing.facets(text, PEOPLE.get)
    }


def outgoing(**more: object) -> Outgoing:
    given_: dict[str, object] = {
        "text": "Hello.",
        "to": "at://did:plc:tom/app.bsky.feed.post/1",
        "root": "at://did:plc:tom/app.bsky.feed.post/1",
        "ref": {"cid": "bafyparent"},
        "created_at": NINE,
    }
    return Outgoing(**(given_ | more))  # type: ignore[arg-type]  # named as they are


# Keys, as atproto.com/specs/tid has them


def test_a_key_is_a_timestamp_identifier() -> None:
    key = writing.key(NINE, 1)
    assert len(key) == 13
    assert key[0] in "234567abcdefghij"
    assert set(key) <= set("234567abcdefghijklmnopqrstuvwxyz")
    value = sum(
        "234567abcdefghijklmnopqrstuvwxyz".index(c) << 5 * n for n, c in enumerate(key[::-1])
    )
    assert datetime.fromtimestamp((value >> 10) / 1e6, UTC) == NINE.replace(microsecond=123_000)
    assert value & 1023 == 1


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_keys_differ_within_a_million_replies(one: int, other: int) -> None:
    if one % 1_024_000 != other % 1_024_000:
        assert writing.key(NINE, one) != writing.key(NINE, other)


def test_later_keys_sort_later() -> None:
    keys = [writing.key(NINE + timedelta(milliseconds=n), 5) for n in range(100)]
    assert keys == sorted(keys)


# Counting


@given(st.text())
def test_the_count_is_that_of_the_rule_nearest_its_end(text: str) -> None:
    count = writing.count(text)
    assert count.ok == (count.used <= count.allowed)
    if count.allowed == writing.BYTES:
        assert count.used == len(text.encode("utf-8", "surrogatepass"))
    else:
        assert count.used <= len(text)


@given(st.lists(st.sampled_from(["a", "é", "e\u0301", FAMILY, "🇬🇧", "한", "ก็"]), max_size=400))
def test_graphemes_are_counted_one_by_one(parts: list[str]) -> None:
    size = len("".join(parts).encode())
    fits = len(parts) <= 300 and size <= 3000
    assert writing.count("".join(parts)).ok == fits


@pytest.mark.parametrize(
    ("text", "used", "allowed"),
    [
        ("", 0, 300),
        ("hello", 5, 300),
        ("e\u0301" * 10, 10, 300),
        (FAMILY, 25, 3000),
        ("\ud800", 1, 300),
        ("\r\n", 1, 300),
    ],
)
def test_some_counts(text: str, used: int, allowed: int) -> None:
    count = writing.count(text)
    assert (count.used, count.allowed) == (used, allowed)


# Marks


def test_marks_stand_at_bytes() -> None:
    found = marks(f"{FAMILY} é @tom.example.com see https://example.com/é?b=1 #Leeds")
    assert found["@tom.example.com"]["did"] == "did:plc:tom"
    assert found["https://example.com/é?b=1"]["uri"] == "https://example.com/é?b=1"
    assert found["#Leeds"]["tag"] == "Leeds"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("see https://example.com.", ["https://example.com"]),
        ("(https://example.com/a)", ["https://example.com/a"]),
        ("https://example.com/a_(b)", ["https://example.com/a_(b)"]),
        ("http://localhost", []),
        ("mail tom@tom.example.com", []),
        ("@nobody.example.com", []),
        ("@tom.example.com, thanks", ["@tom.example.com"]),
        ("#1 is no tag, #one! is", ["#one"]),
        ("a#b", []),
        ("no marks", []),
    ],
)
def test_what_is_marked(text: str, marked: list[str]) -> None:
    assert list(marks(text)) == marked


@given(st.text())
def test_every_mark_lies_within_its_text(text: str) -> None:
    size = len(text.encode("utf-8", "surrogatepass"))
    for facet in writing.facets(text + " https://example.com", lambda _: "did:plc:any"):
        index = facet["index"]
        assert 0 <= index["byteStart"] < index["byteEnd"] <= size + 20


# Threads


def test_a_reply_to_a_first_post_has_it_as_root_and_parent() -> None:
    reply = writing.record(outgoing(), PEOPLE.get)["reply"]
    assert reply["root"] == reply["parent"]
    assert reply["parent"]["cid"] == "bafyparent"


@pytest.mark.parametrize(
    "more",
    [
        {"root_ref": {"cid": "bafyroot"}},
        {"ref": {"cid": "bafyparent", "root_cid": "bafyroot"}},
    ],
)
def test_the_root_is_named_by_what_we_heard(more: dict[str, object]) -> None:
    root = "at://did:plc:tina/app.bsky.feed.post/0"
    reply = writing.record(outgoing(root=root, **more), PEOPLE.get)["reply"]
    assert reply["root"] == {"uri": root, "cid": "bafyroot"}


def test_every_try_writes_the_same_record() -> None:
    wish = outgoing(language="de", text="Guten Morgen @tom.example.com")
    assert writing.record(wish, PEOPLE.get) == writing.record(wish, PEOPLE.get)
    assert writing.record(wish, PEOPLE.get)["langs"] == ["de"]
    assert writing.record(wish, PEOPLE.get)["createdAt"] == "2026-03-02T09:00:00.123Z"
