"""See surges in a file of counts: one JSON line for each alarm, or for each bin with --scores."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from rejoinder.crisis.surge.alarm import Alarm
    from rejoinder.crisis.surge.series import Bin, Series
    from rejoinder.crisis.surge.surge import Surge

NAME = "surge"
HELP = "See surges in a CSV file of timestamp,count[,problem]: alarms as JSON lines."
EXAMPLE = "rejoinder surge mentions.csv --false-alarms-per-month 0.5"
DESK = False  # it reads no table and no setting

LEAST, MOST = 1e-6, 30.0
YEARS = (1970, 2099)  # whose holidays are known at once: a file may go on for long


class Told(Struct):
    """An alarm and its episode; `until` is the last bin of it, null while it is open."""

    at: str
    score: float
    until: str | None
    why: str


class Scored(Struct):
    """How surprising one bin is, in 0…1; 0 where it is no news."""

    at: str
    score: float


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="columns timestamp,count[,problem]")
    parser.add_argument(
        "--false-alarms-per-month",
        metavar="X",
        type=_bearable,
        default=0.5,
        help="how many are bearable (default: 0.5); fewer means later alarms",
    )
    parser.add_argument(
        "--absent",
        choices=("missing", "zero"),
        default="missing",
        help="what a bin is that the file leaves out (default: missing)",
    )
    parser.add_argument("--scores", action="store_true", help="a score for each bin instead")
    parser.add_argument(
        "--zone",
        type=_zone,
        default="UTC",
        metavar="ZONE",
        help="where people live by the clock, such as Europe/London (default: UTC)",
    )
    parser.add_argument(
        "--holidays",
        type=_place,
        default="",
        metavar="PLACE",
        help="whose public holidays are days of their own, such as GB-ENG (default: nobody's)",
    )


def run(given: Namespace) -> int:
    from rejoinder.crisis.surge.series import BadSeriesError, read

    try:
        with given.file.open(encoding="utf-8-sig", newline="") as file:
            series = read(file, zeros=given.absent == "zero")
            surge = _begin(series, given)
            for said in (_scores if given.scores else _alarms)(surge, series.bins):
                sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
    except (BadSeriesError, OSError) as error:
        sys.stdout.buffer.flush()
        sys.stderr.write(f"{given.file}: {error}\n")
        return 2
    sys.stdout.buffer.flush()
    return 0


def _begin(series: "Series", given: Namespace) -> "Surge":
    from rejoinder.crisis.surge.surge import Surge
    from rejoinder.team import holidays

    return Surge.begin(
        series.length,
        false_alarms=given.false_alarms_per_month,
        problems=series.with_problems,
        zone=given.zone,
        holidays=holidays.between(given.holidays, *YEARS),
        silent_until=series.known_at,
    )


def _scores(surge: "Surge", bins: "Iterator[Bin]") -> Iterator[Scored]:
    for one in bins:
        surge.add(one.at, one.came, one.problems)
        yield Scored(one.written, surge.score)


def _alarms(surge: "Surge", bins: "Iterator[Bin]") -> Iterator[Told]:
    """Each when its episode ended, and the one that is open at the end of the file."""
    open_one: Alarm | None = None
    began = loud = ""
    for one in bins:
        alarm = surge.add(one.at, one.came, one.problems)
        if open_one and (alarm or surge.episode is None):
            yield _told(open_one, began, loud)
            open_one = None
        if alarm:
            open_one, began = alarm, one.written
        if surge.episode and surge.episode.loud == one.at:
            loud = one.written
    if open_one:
        yield _told(open_one, began, None)


def _told(alarm: "Alarm", began: str, until: str | None) -> Told:
    from rejoinder.crisis.surge.alarm import why

    return Told(began, alarm.score, until, why(alarm))


def _bearable(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not LEAST <= number <= MOST:
        raise ArgumentTypeError(f"false alarms a month are more than 0 and at most {MOST:.0f}")
    return number


def _zone(text: str) -> str:
    try:
        return str(ZoneInfo(text))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ArgumentTypeError(f"there is no time zone {text!r}") from error


def _place(text: str) -> str:
    from rejoinder.team import holidays

    if not holidays.known(text.upper()):
        raise ArgumentTypeError(f"no public holidays are known of {text!r}")
    return text.upper()
