"""Days that are long over: figures in a Parquet file each, read and written with DuckDB.

A file holds figures and nobody: mentions, and how many people wrote them, in each hour and in the
whole day, by every choice of dimensions. It is written beside its place, and put there whole; only
then a row says that the day is closed. What the file tells stands from then on, whatever becomes
of the mentions (docs/decisions/0054).
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from django.db.models import Min

from rejoinder.desk.experts import areas
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.reporting.explore.asking import DIMENSIONS
from rejoinder.reporting.explore.cells import Cells, cells
from rejoinder.reporting.heard import mapped_to
from rejoinder.reporting.models import Block, ClosedDay
from rejoinder.reporting.rollup.blocks import between
from rejoinder.reporting.rollup.columns import Columns, Ints
from rejoinder.reporting.rollup.counting import keep
from rejoinder.reporting.spans import Span
from rejoinder.reporting.zone import today, zone

HOT = 100  # days that are not closed: what themes call usual is nine weeks old at most
EVERY = 300.0  # seconds
MOST = 10  # days in a round
HOUR = 3600
_QUIET: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",  # claims go first
    "memory_limit": "512MB",
    "autoinstall_known_extensions": "false",  # it asks no server for anything
    "autoload_known_extensions": "false",
}


def run() -> int:
    """Close the days whose time has come, the oldest first; how many."""
    if not keep():
        return 0
    return sum(map(_close, _due()))


def _due() -> list[date]:
    closed = ClosedDay.objects.order_by("-day").values_list("day", flat=True).first()
    first = Block.objects.filter(many__gt=0).aggregate(first=Min("first_at"))["first"]
    if closed is None and first is None:
        return []
    begun = datetime.fromtimestamp(first or 0, UTC).astimezone(zone()).date()
    day = closed + timedelta(days=1) if closed else begun
    many = min((today() - timedelta(days=HOT) - day).days, MOST)
    return [day + timedelta(days=each) for each in range(many)]


def _close(day: date) -> bool:
    found = between(
        *Span(day, 1).bounds(zone()),
        ("person", "channel", "need", "language", "intent", "question"),
    )
    if found.many:
        write(found, mapped_to(list(areas.kept())).of(found), place(day))
    row = {"closed_at": clock.now(), "mentions": found.many}
    return ClosedDay.objects.get_or_create(day=day, defaults=row)[1]


def place(day: date) -> Path:
    """Where the file of a day lies."""
    return config().data / "history" / f"{day.isoformat()}.parquet"


def write(found: Columns, of: Ints, to: Path) -> None:
    """The figures of these mentions, whole or not at all."""
    to.parent.mkdir(mode=0o700, exist_ok=True)
    beside = to.with_suffix(".part")
    try:
        with database() as told:
            told.register("said", _said(found, of))
            told.execute(
                "COPY (SELECT hour, channel, area, need, language, count(*) AS mentions, "  # noqa: S608
                "count(DISTINCT person) AS people FROM said "
                f"GROUP BY CUBE (hour, channel, area, need, language)) TO '{_quoted(beside)}' "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)


def _said(found: Columns, of: Ints) -> dict[str, object]:
    words = {
        name: np.array(found.words[name] or [""], object)[found[name]]
        for name in ("channel", "language")
    }
    return {
        "hour": found["at"] // HOUR * HOUR,
        "person": found["person"],
        "area": of.astype(str).astype(object),
        "need": found["need"].astype(str).astype(object),
        **words,
    }


def closed(begins: datetime, ends: datetime, here: ZoneInfo) -> list[ClosedDay]:
    """The days of this time that are closed and whose file is here; the others are in the rows."""
    first, last = (each.astimezone(here).date() for each in (begins, ends - timedelta(seconds=1)))
    rows = ClosedDay.objects.filter(day__gte=first, day__lte=last).order_by("day")
    return [each for each in rows if not each.mentions or place(each.day).exists()]


def figures(
    days: Sequence[ClosedDay],
    step_of: Mapping[int, int] | Ints,
    many: int,
    asked: Sequence[str],
    *,
    by_hour: bool,
) -> Cells:
    """Of closed days, in steps of an hour or a day: `step_of` are the bounds of the steps."""
    files = [str(place(each.day)) for each in days if each.mentions]
    bounds = np.asarray(step_of)
    if not files:
        return cells([], many, {name: [] for name in asked})[0]
    columns = ", ".join(["mentions", "people", *asked])
    whole = " AND ".join(f"{name} IS {'NOT ' if name in asked else ''}NULL" for name in DIMENSIONS)
    with database() as told:
        rows = told.execute(
            f"SELECT {'hour' if by_hour else 'filename'} AS moment, {columns} "  # noqa: S608
            f"FROM read_parquet(?, filename = true) WHERE {whole} "
            f"AND hour IS {'NOT ' if by_hour else ''}NULL",
            [files],
        ).fetchnumpy()
    if by_hour:
        moments = rows["moment"].astype(np.int64)
    else:
        begin = {
            str(place(each.day)): int(Span(each.day, 1).bounds(zone())[0].timestamp())
            for each in days
        }
        moments = np.array([begin[each] for each in rows["moment"].tolist()], np.int64)
    return _table(rows, np.searchsorted(bounds, moments, side="right") - 1, many, asked)


def _table(rows: Mapping[str, Ints], steps: Ints, many: int, asked: Sequence[str]) -> Cells:
    inside = (steps >= 0) & (steps < many)
    values: dict[str, list[str]] = {}
    at: list[Ints] = [steps[inside]]
    for name in asked:
        words, places = np.unique(rows[name][inside].astype(str), return_inverse=True)
        values[name] = words.tolist()
        at.append(places)
    shape = (many, *map(len, values.values()))
    mentions, people = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    np.add.at(mentions, tuple(at), rows["mentions"][inside])
    np.maximum.at(people, tuple(at), rows["people"][inside])
    return Cells(values, mentions, people)


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty one in memory."""
    connection = duckdb.connect(config=_QUIET)
    try:
        yield connection
    finally:
        connection.close()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
