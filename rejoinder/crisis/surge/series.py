"""A CSV file of counts, read as bins in the order of time, a few rows at a time. Pure.

The bin is the commonest step between rows. It is taken as known once one step was seen SETTLED
times, and stays, so that what follows cannot change what was read before.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import inf
from typing import NamedTuple

SETTLED = 8
LONGEST = 400 * 86_400  # seconds between two rows: more is a slip of the pen
COUNTS = ("count", "value")


class BadSeriesError(ValueError):
    """A file that cannot be read; the message says which row and why."""


class Bin(NamedTuple):
    """One row, or one that the file left out: `written` is its time in the file's own form."""

    at: float
    written: str
    came: float
    problems: float


class Series(NamedTuple):
    """Bins of `length` seconds, as they come; before `known_at` their length was not sure."""

    length: int
    known_at: float
    with_problems: bool
    bins: Iterator[Bin]


class _Columns(NamedTuple):
    time: int
    mentions: int
    problems: int | None


def read(lines: Iterable[str], *, zeros: bool = False) -> Series:
    """Bins from the lines of a CSV file with a head; with `zeros`, those left out came to nothing.

    Reads ahead only until the length of a bin is known. Raises BadSeriesError, here or later.
    """
    rows = _rows(lines)
    columns = _columns(next(rows, (1, []))[1])
    bins = _in_order(_bin(row, number, columns) for number, row in rows)
    ahead: list[Bin] = []
    steps = Counter[int]()
    for one in bins:
        if ahead:
            steps[max(1, round(one.at - ahead[-1].at))] += 1
        ahead.append(one)
        if steps and steps.most_common(1)[0][1] >= SETTLED:
            break
    length, seen = steps.most_common(1)[0] if steps else (1, 0)
    known_at = ahead[-1].at if seen >= SETTLED else inf
    every = _chained(ahead, bins)
    return Series(
        length, known_at, columns.problems is not None, _filled(every, length) if zeros else every
    )


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows that are not empty, with the number of their line."""
    reader = csv.reader(lines)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise BadSeriesError(f"line {reader.line_num}: {error}.") from error
    except UnicodeDecodeError as error:
        raise BadSeriesError(f"after line {reader.line_num}: this is not UTF-8.") from error


def _columns(head: Sequence[str]) -> _Columns:
    names = [name.strip().lower() for name in head]
    count = next((names.index(name) for name in COUNTS if name in names), None)
    if "timestamp" not in names or count is None:
        raise BadSeriesError("the first line names the columns: timestamp,count[,problem].")
    problems = names.index("problem") if "problem" in names else None
    return _Columns(names.index("timestamp"), count, problems)


def _bin(row: Sequence[str], number: int, columns: _Columns) -> Bin:
    try:
        written = row[columns.time].strip()
        problems = 0.0 if columns.problems is None else _count(row[columns.problems])
        return Bin(_time(written).timestamp(), written, _count(row[columns.mentions]), problems)
    except IndexError:
        raise BadSeriesError(f"line {number}: a column is missing.") from None
    except (ValueError, OverflowError, OSError) as error:
        raise BadSeriesError(f"line {number}: {error}.") from None


def _time(written: str) -> datetime:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{written[:40]!r} is no time such as 2026-11-22 08:15") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _count(written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        number = -1.0
    if not 0 <= number < inf:
        raise ValueError(f"{written[:40]!r} is no count")
    return number


def _in_order(bins: Iterable[Bin]) -> Iterator[Bin]:
    last: Bin | None = None
    for one in bins:
        if last and not last.at < one.at <= last.at + LONGEST:
            wrong = "is not later than" if one.at <= last.at else "is more than a year after"
            raise BadSeriesError(f"{one.written} {wrong} the row before it, {last.written}.")
        yield one
        last = one


def _chained(ahead: Sequence[Bin], bins: Iterator[Bin]) -> Iterator[Bin]:
    yield from ahead
    yield from bins


def _filled(bins: Iterable[Bin], length: int) -> Iterator[Bin]:
    """The bins, and between them those that were left out."""
    last: Bin | None = None
    for one in bins:
        if last:
            for step in range(1, round((one.at - last.at) / length)):
                yield Bin(last.at + step * length, _later(last.written, step * length), 0.0, 0.0)
        yield one
        last = one


def _later(written: str, seconds: int) -> str:
    """A time so many seconds later, written in the same way."""
    later = datetime.fromisoformat(written) + timedelta(seconds=seconds)
    short = len(written) <= len("2026-11-22 08:15") and not later.second
    return later.isoformat(sep=written[10:11] or " ", timespec="minutes" if short else "auto")
