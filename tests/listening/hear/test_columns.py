"""Columns of exports are understood by their names, values as they were meant."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.hear.columns import (
    BadRecordError,
    NoTextColumnError,
    columns,
    moment,
    post,
)

TEN = datetime(2017, 10, 31, 22, 10, 47, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Tue Oct 31 22:10:47 +0000 2017",
        "2017-10-31T22:10:47Z",
        "2017-10-31 22:10:47",
        "2017-10-31 14:10:47 -0800",
        "2017-10-31T23:10:47+01:00",
        "1509487847",
        "1509487847000",
        "Tue, 31 Oct 2017 22:10:47 +0000",
    ],
)
def test_times_are_read_as_exports_write_them(written: str) -> None:
    assert moment(written) == TEN


@pytest.mark.parametrize("written", ["", "yesterday", "31/31/2017", "99999999999999999999", "12"])
def test_a_time_that_says_nothing_is_none(written: str) -> None:
    assert moment(written) is None


@given(st.text())
def test_no_time_breaks_anything(written: str) -> None:
    found = moment(written)
    assert found is None or found.tzinfo is not None


def test_a_care_conversation_of_an_old_platform() -> None:
    record = {
        "tweet_id": "2",
        "author_id": "brandcare",
        "inbound": "False",
        "created_at": "Tue Oct 31 22:10:47 +0000 2017",
        "text": "@tom Which street &amp; town? &lt;3",
        "in_response_to_tweet_id": "1.0",
    }
    kept = post(record, columns(record, {}), "line 1")
    assert (kept.external_id, kept.in_reply_to, kept.author_id) == ("2", "1", "brandcare")
    assert (kept.ours, kept.created_at, kept.text) == (True, TEN, "@tom Which street & town? <3")


def test_names_in_any_writing_and_those_given() -> None:
    assert columns(["Tweet Text", "Created-At"], {}) == {
        "text": "Tweet Text",
        "created_at": "Created-At",
    }
    assert columns(["words", "id"], {"text": "Words"}) == {"id": "id", "text": "words"}


def test_a_file_without_words_says_which_columns_it_has() -> None:
    with pytest.raises(NoTextColumnError, match=r"there are: count, timestamp.*--map text=COLUMN"):
        columns(["timestamp", "count"], {})
    with pytest.raises(NoTextColumnError, match="no column 'words' for text"):
        columns(["text"], {"text": "words"})


def test_without_an_id_the_given_one_is_taken() -> None:
    assert post({"text": "no signal"}, {"text": "text"}, "file:7").external_id == "file:7"


@pytest.mark.parametrize(
    "record", [{"text": ""}, {"text": " \n"}, {"text": None}, {"text": {}}, {}]
)
def test_a_record_without_words_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(BadRecordError):
        post(record, {"text": "text"}, "1")
