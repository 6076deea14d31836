"""Reading a call centre's export: all of it, or a sentence about the line that is wrong."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.read.words import NEEDS
from rejoinder.reporting.lines.read import BadLinesError, read

ZONE = ZoneInfo("Europe/London")
HEAD = b"at,seconds,answered,need\n"


def test_calls_are_read_with_the_zone_of_the_house_where_none_is_said() -> None:
    raw = "\ufeffat,seconds,answered,need,agent\n2026-07-01T09:00,90,yes,urgent,7\n"
    raw += "2026-07-01T09:00+00:00,12.5,No,,\n"
    first, second = read(raw.encode(), ZONE, NEEDS)
    assert first.at == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert (first.seconds, first.answered, first.need) == (90, True, 0)
    assert second.at == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    assert (second.answered, second.need) == (False, None)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "no column at and no column seconds and no column answered"),
        (b"at,seconds\n", "no column answered"),
        (HEAD, "no call"),
        (HEAD + b"soon,1,yes,\n", "Line 2: no time"),
        (HEAD + b"2026-07-01,1,yes,\n2026-07-01,-1,yes,\n", "Line 3: .seconds."),
        (HEAD + b"2026-07-01,nan,yes,\n", "Line 2: .seconds."),
        (HEAD + b"2026-07-01,1e9,yes,\n", "Line 2: .seconds."),
        (HEAD + b"2026-07-01,1,maybe,\n", "Line 2: .answered. is yes or no"),
        (HEAD + b"2026-07-01,1,yes,dire\n", "Line 2: .need. is one of urgent"),
        (HEAD + b"2026-07-01\n", "Line 2: .seconds."),
        (b"\xff\xfe", "not UTF-8"),
        (b"at,seconds,answered\n" + b'"' + b"x" * 200_000, "Line"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_cited(raw: bytes, said: str) -> None:
    with pytest.raises(BadLinesError, match=said):
        read(raw, ZONE, NEEDS)


@given(st.binary(max_size=400))
def test_anything_else_is_read_or_refused(raw: bytes) -> None:
    try:
        assert read(raw, ZONE, NEEDS)
    except BadLinesError:
        return
