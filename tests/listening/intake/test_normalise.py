"""Whatever a platform sends is kept in a form that no page and no database breaks on."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.contract import Media, Post
from rejoinder.listening.intake.normalise import (
    TEXT_CAP,
    Said,
    UnfitError,
    believable,
    clean,
    line,
    normalise,
    web_address,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
any_text = st.text(st.characters(), max_size=200)  # with NUL and halves of surrogate pairs


def said(**values: object) -> Said:
    return normalise(Post(external_id="1", author_id="tom", **values), None, NOW)  # type: ignore[arg-type]


@given(any_text)
def test_clean_text_goes_into_any_database(text: str) -> None:
    kept = clean(text)
    kept.encode()
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert clean(kept) == kept


@given(st.text(st.characters(exclude_categories=["C"]), max_size=50))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_a_very_long_text_keeps_its_start_and_says_so() -> None:
    kept = clean("x" * 10_000_000)
    assert kept.startswith("x" * TEXT_CAP)
    assert kept.endswith("\n[10,000,000 characters came; the rest was left out.]")
    assert len(kept) < TEXT_CAP + 100


def test_lines_end_as_ours_do() -> None:
    assert clean("one\r\ntwo\x00\x1b[31m") == "one\ntwo[31m"


@given(any_text, st.integers(1, 40))
def test_a_name_is_one_short_line(text: str, cap: int) -> None:
    kept = line(text, cap)
    assert len(kept) <= cap
    assert "\n" not in kept


@given(
    st.none()
    | st.datetimes(timezones=st.none() | st.sampled_from([UTC, timezone(timedelta(hours=14))]))
)
def test_no_time_is_before_the_platforms_or_after_now(created_at: datetime | None) -> None:
    at, known = believable(created_at, NOW)
    assert at.tzinfo is UTC
    assert datetime(1990, 1, 1, tzinfo=UTC) <= at <= NOW
    assert known or at == NOW


@pytest.mark.parametrize(
    ("created_at", "kept", "known"),
    [
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9))), NOW, False),
        (datetime(1, 1, 1, tzinfo=UTC), NOW, False),
        (NOW + timedelta(days=400), NOW, False),
        (NOW + timedelta(minutes=4), NOW, True),
        (NOW - timedelta(hours=1), NOW - timedelta(hours=1), True),
        (datetime(2026, 3, 2, 8, 0), NOW - timedelta(hours=1), True),  # noqa: DTZ001
        (
            datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=1))),
            NOW - timedelta(hours=1),
            True,
        ),
        (None, NOW, False),
    ],
)
def test_times_that_cannot_be_are_when_it_was_heard(
    created_at: datetime | None, kept: datetime, known: bool
) -> None:
    assert believable(created_at, NOW) == (kept, known)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.com", "https://", "https:///x", "ftp://a",
     "https://example.com/a b", "https://example.com/\n", "x" * 2000, "https://[", " https://a.b"],
)  # fmt: skip
def test_only_addresses_of_the_web_are_kept(url: str) -> None:
    kept = web_address(url)
    assert kept == "" or kept.startswith("https://[")
    assert web_address("https://example.com/1?a=b#c") == "https://example.com/1?a=b#c"


@pytest.mark.parametrize("bad", ["", "x" * 501, "a\x00b", "a\ud800"])
def test_a_post_without_a_usable_id_is_refused_with_the_reason(bad: str) -> None:
    with pytest.raises(UnfitError, match="id"):
        normalise(Post(external_id=bad, text="no signal"), None, NOW)


def test_an_authors_id_that_is_too_long_is_refused() -> None:
    with pytest.raises(UnfitError, match="author"):
        normalise(Post(external_id="1", author_id="x" * 301), None, NOW)


def test_links_to_other_posts_are_ids_or_nothing() -> None:
    assert said(in_reply_to="1").up is None, "its own id"
    assert said(in_reply_to="x" * 501).in_reply_to is None
    assert (said(in_reply_to="2").up, said(in_reply_to="2", root="0").up) == ("2", "0")


def test_media_and_refs_are_json_that_postgresql_takes() -> None:
    hostile = Media("image", "javascript:alert(1)", "a\x00picture\n of   bars")
    kept = said(media=(hostile,), ref={"cid": "abc"})
    assert json.loads(kept.media) == [{"kind": "image", "url": "", "alt": "apicture of bars"}]
    assert json.loads(kept.ref) == {"cid": "abc"}
    assert said(ref={"cid": "a\x00"}).ref == said(ref={"cid": "x" * 30_000}).ref == "{}"


def test_a_deletion_carries_no_words() -> None:
    kept = said(kind="delete", text="left over", media=(Media("image", "https://a.b/1.png"),))
    assert (kept.text, kept.media, kept.deleted, kept.whole) == ("", "[]", True, False)
