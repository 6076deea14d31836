"""Bring in how long callers waited on a line that another system answers."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

NAME = "line-waits"
HELP = (
    "Bring in how long callers waited on a telephone line that another system answers, so that "
    "reports tell phone and network side by side: CSV with the columns at, seconds, answered, and "
    "need where it is known."
)
EXAMPLE = 'rejoinder line-waits calls.csv --line "0800 care line"'
LARGEST = 100_000_000  # bytes


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--line", required=True, metavar="NAME", help="what people call the line")
    parser.add_argument("--json", action="store_true", help="the counts as JSON")


def run(given: Namespace) -> int:
    from rejoinder.reporting.lines import keeping
    from rejoinder.reporting.lines.read import BadLinesError

    try:
        if given.file.stat().st_size > LARGEST:
            raise BadLinesError("The file is larger than 100 MB: bring it in in parts.")
        row = keeping.bring_in(None, given.line, given.file.read_bytes())
    except OSError as error:
        sys.stderr.write(f"{given.file}: {error.strerror}.\n")
        return 2
    except BadLinesError as error:
        sys.stderr.write(f"{given.file.name}: {error}\n")
        return 2
    told = {"line": row.line, "calls": row.calls}
    told |= {"from": row.first_at.isoformat(), "to": row.last_at.isoformat()}
    said = f"{row.line}: {row.calls:,} calls, {row.first_at:%Y-%m-%d} to {row.last_at:%Y-%m-%d}"
    sys.stdout.write((json.dumps(told) if given.json else said) + "\n")
    return 0
