"""Reading what a call centre's system exports: one call in a line, with how long it waited. Pure.

Columns by name: `at` (when the call came, ISO 8601; without a zone that of the house), `seconds`
(how long it waited), `answered` (yes or no: who hung up was not), and, where it is known, `need`.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from io import StringIO
from typing import NamedTuple

NEEDED = ("at", "seconds", "answered")
LONGEST = 7 * 86_400.0  # seconds; more is a slip of a system
MOST = 1_000_000  # calls in one file
_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}


class BadLinesError(ValueError):
    """This is no such export. The message says why, and names no caller."""


class CallWait(NamedTuple):
    """One call: when it came, how long it waited, whether somebody answered, and its need."""

    at: datetime
    seconds: float
    answered: bool
    need: int | None


def read(raw: bytes, zone: tzinfo, needs: Sequence[str]) -> list[CallWait]:
    """All of them, or none. Raises BadLinesError with the number of the line."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadLinesError("The file is not UTF-8.") from None
    rows = csv.DictReader(StringIO(text))
    missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        raise BadLinesError(f"There is no column {' and no column '.join(missing)}.")
    found = list(_calls(rows, zone, list(needs)))
    if not found:
        raise BadLinesError("There is no call in it.")
    return found


def _calls(rows: "csv.DictReader[str]", zone: tzinfo, needs: Sequence[str]) -> Iterator[CallWait]:
    try:
        for number, row in enumerate(rows, 1):
            if number > MOST:
                raise BadLinesError(f"There are more than {MOST:,} calls: bring them in in parts.")
            yield _call(number + 1, row, zone, needs)
    except csv.Error as error:
        raise BadLinesError(f"Line {rows.line_num}: {error}.") from None


def _call(line: int, row: Mapping[str, str | None], zone: tzinfo, needs: Sequence[str]) -> CallWait:
    said = {name: (row.get(name) or "").strip() for name in (*NEEDED, "need")}
    try:
        at = datetime.fromisoformat(said["at"])
    except ValueError:
        raise BadLinesError(f"Line {line}: no time in “at”, such as 2026-03-02T09:00.") from None
    try:
        seconds = float(said["seconds"])
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST:  # neither is “nan”
        raise BadLinesError(f"Line {line}: “seconds” is a number from 0 to {LONGEST:,.0f}.")
    answered = said["answered"].lower()
    if answered not in _YES | _NO:
        raise BadLinesError(f"Line {line}: “answered” is yes or no.")
    need = said["need"].lower()
    if need and need not in needs:
        raise BadLinesError(f"Line {line}: “need” is one of {', '.join(needs)}, or empty.")
    zoned = at if at.tzinfo else at.replace(tzinfo=zone)
    return CallWait(zoned, seconds, answered in _YES, needs.index(need) if need else None)
