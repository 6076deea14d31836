"""Counts from a CSV file: in order, in bins of the commonest step, with clear refusals."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.crisis.surge.series import BadSeriesError, Bin, read

HEAD = "timestamp,count\n"


def lines(*rows: str, head: str = HEAD) -> list[str]:
    return [head, *(f"{row}\n" for row in rows)]


def every(rows: list[str], *, zeros: bool = False) -> list[Bin]:
    return list(read(rows, zeros=zeros).bins)


def test_rows_become_bins_with_their_times_as_written() -> None:
    series = read(lines("2026-01-05 00:00,3", "2026-01-05 00:05,4.0", "", "2026-01-05 00:10,0"))
    assert series.length == 300
    assert [(one.written, one.came) for one in series.bins] == [
        ("2026-01-05 00:00", 3),
        ("2026-01-05 00:05", 4),
        ("2026-01-05 00:10", 0),
    ]


def test_times_without_a_zone_are_utc() -> None:
    naive, zoned = every(lines("2026-07-01 12:00,1", "2026-07-01T14:00:00+01:00,1"))
    assert zoned.at - naive.at == 3600


def test_columns_are_found_by_name() -> None:
    series = read(lines("1,9,2026-01-05 00:00", head="Problem,value,timestamp\n"))
    assert series.with_problems
    assert next(series.bins)[2:] == (9, 1)


def test_bins_left_out_are_missing_or_zero() -> None:
    rows = lines(*(f"2026-01-05 00:{minute:02},1" for minute in (0, 1, 2, 5, 6)))
    assert len(every(rows)) == 5
    filled = every(rows, zeros=True)
    assert [one.written[-2:] for one in filled] == ["00", "01", "02", "03", "04", "05", "06"]
    assert [one.came for one in filled] == [1, 1, 1, 0, 0, 1, 1]


def test_the_length_of_a_bin_is_known_after_eight_equal_steps() -> None:
    few = lines(*(f"2026-01-05 00:{minute:02},1" for minute in range(8)))
    assert read(few).known_at == float("inf")
    assert read([*few, "2026-01-05 00:08,1"]).known_at == every(few)[-1].at + 60


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["timestamp\n"], "the first line names the columns"),
        ([], "the first line names the columns"),
        (lines("yesterday,3"), "line 2: 'yesterday' is no time"),
        (lines("2026-01-05 00:00,many"), "line 2: 'many' is no count"),
        (lines("2026-01-05 00:00,-1"), "line 2: '-1' is no count"),
        (lines("2026-01-05 00:00,nan"), "line 2: 'nan' is no count"),
        (lines("2026-01-05 00:00,inf"), "line 2: 'inf' is no count"),
        (lines("2026-01-05 00:00"), "line 2: a column is missing"),
        (lines("2026-01-05 00:00,1", "2026-01-05 00:00,1"), "is not later than"),
        (lines("2026-01-05 00:00,1", "2029-01-05 00:00,1"), "more than a year after"),
        (lines("x" * 200_000 + ",1"), "line 2: field larger"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(rows: list[str], reason: str) -> None:
    with pytest.raises(BadSeriesError, match=reason):
        every(rows)


@given(st.lists(st.text(max_size=40), max_size=20))
def test_any_text_is_read_or_refused(rows: list[str]) -> None:
    with suppress(BadSeriesError):
        every(lines(*rows))
