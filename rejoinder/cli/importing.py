"""Bring in mentions from exports."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from tqdm import tqdm

NAME = "import"
HELP = (
    "Bring in mentions from exports: JSONL, JSON, CSV, TSV or text by line, also gzipped; "
    "and the archives that X, Mastodon, Bluesky (CAR) and Google Takeout (Google+) give out. "
    "Columns are found by name: id, text, author, created_at, in_reply_to."
)
EXAMPLE = "rejoinder import posts.csv --channel x --map text=comment"

SHOWN = 20  # bad lines of a file shown to people; --json gives all of them


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--channel", required=True, type=_channel, metavar="NAME")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=_pair,
        metavar="new=old",
        help="the field NEW stands in the column OLD; may be given several times",
    )
    parser.add_argument("--json", action="store_true", help="bad lines and the counts as JSON")


def run(given: Namespace) -> int:
    from rejoinder.listening.hear.columns import NoTextColumnError
    from rejoinder.listening.hear.exports import BadFileError
    from rejoinder.listening.hear.importing import Tally

    total = Tally(0, 0, 0, 0)
    for path in given.files:
        try:
            tally = _one(path, given)
        except (BadFileError, NoTextColumnError) as error:
            sys.stderr.write(f"{path.name}: {error}.\n")
            return 2
        total = Tally(*(a + b for a, b in zip(total, tally, strict=True)))
    if given.json:
        sys.stdout.write(json.dumps(total._asdict()) + "\n")
    return 1 if total.refused else 0


def _one(path: Path, given: Namespace) -> "tuple[int, ...]":
    """Import one file with a bar, and say what became of it."""
    from tqdm import tqdm

    from rejoinder.listening.hear.archives import opened
    from rejoinder.listening.hear.importing import bring_in

    export = opened(path)
    bad = _Bad(path, as_json=given.json)
    with tqdm(total=export.size, unit="B", unit_scale=True, desc=path.name, mininterval=0.5) as bar:
        tally = bring_in(
            export,
            given.channel,
            dict(given.map),
            refused=bad.say,
            progress=lambda at: _move(bar, at),
        )
    if export.foreign:
        sys.stderr.write(
            f"{path.name}: {export.foreign:,} bytes are no UTF-8 and were read as Windows-1252.\n"
        )
    bad.end()
    if not given.json:
        sys.stdout.write(
            f"{path.name}: read {tally.read:,}, kept {tally.kept:,}, "
            f"duplicates {tally.duplicates:,}, refused {tally.refused:,}\n"
        )
    return tally


def _move(bar: "tqdm[NoReturn]", at: int) -> None:
    bar.update(at - bar.n)


class _Bad:
    """Says which lines were refused: all as JSON, the first ones to people."""

    def __init__(self, path: Path, *, as_json: bool) -> None:
        self.path, self.as_json, self.many = path, as_json, 0

    def say(self, refused: "tuple[int, str]") -> None:
        from tqdm import tqdm

        line, error = refused
        self.many += 1
        if self.as_json:
            found = {"file": self.path.name, "line": line, "error": error}
            sys.stdout.write(json.dumps(found) + "\n")
        elif self.many <= SHOWN:
            tqdm.write(f"{self.path.name}:{line}: {error}", file=sys.stderr)

    def end(self) -> None:
        if not self.as_json and self.many > SHOWN:
            sys.stderr.write(f"{self.path.name}: {self.many - SHOWN:,} more lines were refused.\n")


def _channel(name: str) -> str:
    from rejoinder.listening.hear.columns import CHANNEL

    if not CHANNEL.fullmatch(name):
        raise ArgumentTypeError(
            f"{name!r} is no channel: use up to 30 small letters, digits, - and _"
        )
    return name


def _pair(text: str) -> tuple[str, str]:
    from rejoinder.listening.hear.columns import FIELDS

    field, equals, column = text.partition("=")
    if field not in FIELDS or not equals or not column:
        raise ArgumentTypeError(f"{text!r} should be FIELD=COLUMN; fields are {', '.join(FIELDS)}")
    return field, column
