"""Teach the desk one more reading."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.listening.learn.fit import Report
    from rejoinder.listening.learn.labels import Refused
    from rejoinder.listening.learn.measure import Scores

NAME = "train"
HELP = (
    "Learn one more reading from labelled texts (a JSON object with id, text, label on each "
    "line), report scores on texts held back, before and after, and keep the better."
)
EXAMPLE = "rejoinder train --field topic --labels labels.jsonl --model model"
DESK = False  # it reads no table and no setting

SHOWN = 20  # bad lines shown to people; --json gives all of them


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--field", required=True, metavar="NAME", help="the name of the reading")
    parser.add_argument("--labels", required=True, type=Path, metavar="FILE")
    parser.add_argument(
        "--model", required=True, type=Path, metavar="DIR", help="the folder `read --model` reads"
    )
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")


def run(given: Namespace) -> int:
    from rejoinder.listening.learn import labels
    from rejoinder.listening.learn.fit import fit, named
    from rejoinder.listening.learn.store import BadModelError

    try:
        named(given.field)
        with given.labels.open("rb") as file:
            good, bad = labels.read(file)
        _tell_bad(bad, as_json=given.json)
        report = fit(given.model, given.field, good, _progress)
    except (OSError, BadModelError, ValueError) as error:
        sys.stderr.write(f"\r\033[K{error}\n" if sys.stderr.isatty() else f"{error}\n")
        return 2
    _end()
    sys.stdout.write(_as_json(report, bad) if given.json else _as_text(report))
    return 1 if bad else 0


def _progress(said: str) -> None:
    """One line that changes on a terminal; elsewhere a line each."""
    sys.stderr.write(f"\r\033[K{said}" if sys.stderr.isatty() else f"{said}\n")
    sys.stderr.flush()


def _end() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")


def _tell_bad(bad: "list[Refused]", *, as_json: bool) -> None:
    if as_json:
        return
    for one in bad[:SHOWN]:
        sys.stderr.write(f"line {one.line}: {one.error}\n")
    if len(bad) > SHOWN:
        sys.stderr.write(f"and {len(bad) - SHOWN:,} more bad lines; --json tells all\n")


def _as_json(report: "Report", bad: "list[Refused]") -> str:
    import msgspec

    whole = {**msgspec.to_builtins(report), "refused": msgspec.to_builtins(bad)}
    return msgspec.json.encode(whole).decode() + "\n"


def _as_text(report: "Report") -> str:
    from rejoinder.listening.learn.measure import shown

    lines = [
        f"{report.field}: {len(report.labels)} labels, {report.texts:,} texts",
        f"{report.held_back:,} of the texts were held back",
        *(f"left out: {name!r} has {n} texts" for name, n in report.left_out.items()),
        f"before  {_line(report.before) if report.before else 'there was none'}",
        f"after   {_line(report.after)}",
        f"kept: the {report.kept} one",
        "",
        "held-back texts by label (rows: what they are; columns: what they were read as)",
        shown(report.after),
    ]
    return "\n".join(lines) + "\n"


def _line(scores: "Scores") -> str:
    return (
        f"macro-F1 {100 * scores.macro_f1:.1f}  accuracy {100 * scores.accuracy:.1f}  "
        f"calibration error {scores.calibration_error:.3f}"
    )
