"""An answer as a file: a row for each step and value; what is hidden stays empty."""

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from rejoinder.reporting.explore.history import database
from rejoinder.reporting.explore.tables import Answer

COLUMNS = ("begins", "value", "mentions", "people")
HIDDEN = -1  # in what is handed to the database, which makes it NULL
Row = tuple[str, str, int | None, int | None]


def rows(answer: Answer) -> list[Row]:
    """When a step begins (ISO 8601, UTC), the value, mentions and people; None where hidden."""
    return [
        (moment.isoformat(), line.value, *(figure or (None, None)))
        for line in answer.lines
        for moment, figure in zip(answer.moments, line.steps, strict=True)
    ]


def as_csv(answer: Answer) -> str:
    """With the names of the columns first."""
    file = StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([COLUMNS, *rows(answer)])
    return file.getvalue()


def as_parquet(answer: Answer) -> bytes:
    """One file; times are whole seconds of UTC."""
    told = rows(answer)
    with TemporaryDirectory() as folder, database() as file:
        to = Path(folder) / "explore.parquet"
        file.register("told", _columns(told))
        file.execute(
            "COPY (SELECT begins::TIMESTAMPTZ AS begins, value, "  # noqa: S608
            f"nullif(mentions, {HIDDEN}) AS mentions, nullif(people, {HIDDEN}) AS people "
            f"FROM told) TO '{to}' (FORMAT parquet)"
        )
        return to.read_bytes()


def _columns(told: list[Row]) -> dict[str, Any]:
    begins, values, *figures = zip(*told, strict=True) if told else ((), (), (), ())
    numbers = [[HIDDEN if each is None else each for each in column] for column in figures]
    return {
        "begins": np.array(begins, object),
        "value": np.array(values, object),
        "mentions": np.array(numbers[0], np.int64),
        "people": np.array(numbers[1], np.int64),
    }
