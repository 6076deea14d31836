"""Rehearse a day: draw a world, let a policy play it, print how it went."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.drill.day import Day
    from rejoinder.drill.recorded import Recorded
    from rejoinder.drill.result import Result
    from rejoinder.drill.world import World
    from rejoinder.listening.read.words import Need

NAME = "drill"
HELP = "Rehearse a day on a made-up world: what a policy answers, holds and spends."
EXAMPLE = "rejoinder drill o2-2012 --policy fcfs"
DESK = False  # it reads no table and no setting

COMPARE = "compare"
MANUAL = "manual"  # people play it, on a desk opened for it
SHOWN = (
    ("ratio to hindsight", "ratio"),
    ("answered within the hour", "answered_1h"),
    ("people with a question", "people"),
    ("urgent", "urgent"),
    ("urgent within the hour", "urgent_1h"),
    ("urgent after 15:00 within the hour", "urgent_late_1h"),
    ("of those recognised", "urgent_late_seen_1h"),
    ("posts", "posts"),
    ("money", "money"),
    ("refused by a platform", "over_limit"),
    ("phone minus X", "phone_minus_x"),
    ("Jain over channels", "jain_channels"),
    ("Jain over follower fifths", "jain_followers"),
)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="WORLD", help="a world by name: o2-2012")
    parser.add_argument("runs", nargs="*", metavar="RUN", help="after “compare”: what --json wrote")
    parser.add_argument("--world", metavar="FILE", help="a world from a JSON file instead")
    parser.add_argument("--replay", metavar="FILE", help="mentions as they came, as JSON lines")
    parser.add_argument("--policy", default="bid-price", metavar="NAME", help="who plays it")
    parser.add_argument("--seed", type=_seed, default=0, metavar="N", help="which day of the world")
    parser.add_argument(
        "--mode",
        choices=("within-the-hour", "strict"),
        default="within-the-hour",
        help="whether who is past the hour may be overtaken (default) or nobody may",
    )
    parser.add_argument("--json", action="store_true", help="print everything as one object")
    parser.add_argument("--report", metavar="FILE", help="write the day as a page to pass on")
    parser.add_argument(
        "--alone", action="store_true", help="manual: nobody answers but the people who sign in"
    )
    parser.add_argument(
        "--unattended",
        action="store_true",
        help="manual: nobody has to play: colleagues answer, a lead publishes, at 60 times",
    )


def prepare(given: Namespace) -> None:
    """A drill that people play is a desk, in a folder of its own."""
    if given.policy == MANUAL:
        from rejoinder.cli.up import pretend

        pretend(Path.home() / ".rejoinder-drill")
        given.desk = True


def run(given: Namespace) -> int:
    if given.name == COMPARE:
        return _compare(given)
    from rejoinder.drill.policies.named import POLICIES
    from rejoinder.drill.rehearse import rehearse
    from rejoinder.drill.worlds import WorldError

    if given.runs:
        sys.stderr.write(f"Runs are read after “{COMPARE}” only.\n")
        return 2
    if given.policy not in {*POLICIES, MANUAL}:
        known = ", ".join(sorted({*POLICIES, MANUAL}))
        sys.stderr.write(f"There is no policy {given.policy!r}: {known}.\n")
        return 2
    try:
        world = _world(given)
        if given.policy == MANUAL:
            return _play(world, given)
        day = _day(world, given)
    except (OSError, WorldError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = rehearse(world, day, given.policy, given.mode, seed=given.seed, say=_say)
    _clear()
    _print(found, as_json=given.json)
    return _report([found], given.report) if given.report else 0


def _play(world: "World", given: Namespace) -> int:
    """Open the desk; when it closes, hand out what came of the day if it was played to an end."""
    from rejoinder.cli import _open, _play
    from rejoinder.drill.play import control
    from rejoinder.drill.report.again import again
    from rejoinder.plumbing.config import config

    if given.mode == "strict":
        sys.stderr.write("People play in the mode that the plan of the desk says.\n")
        return 2
    if given.alone and given.unattended:
        sys.stderr.write("Say --alone or --unattended: somebody has to answer.\n")
        return 2
    opening = _play.rehearsal(
        world,
        given.seed,
        recorded=_recorded(world, given),
        colleagues=not given.alone,
        unattended=given.unattended,
    )
    code = _open.desk(opening)
    result = config().data / control.RESULT
    if code or not result.exists():
        return code
    found = again(result.read_bytes())
    _print(found, as_json=given.json)
    return _report([found], given.report) if given.report else 0


def _compare(given: Namespace) -> int:
    from rejoinder.drill.report.again import UnreadableError, again

    if not given.runs or not given.report:
        sys.stderr.write("To compare takes the files that --json wrote, and --report FILE.html.\n")
        return 2
    runs = []
    for name in given.runs:
        try:
            runs.append(again(Path(name).read_bytes()))
        except (OSError, UnreadableError) as error:
            sys.stderr.write(f"{name}: {error}\n")
            return 2
    return _report(runs, given.report)


def _report(runs: "list[Result]", name: str) -> int:
    from rejoinder.drill.report import page

    try:
        Path(name).write_text(page(runs), encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ArgumentTypeError("a seed is a whole number from 0")
    return int(text)


def _world(given: Namespace) -> "World":
    from rejoinder.drill.worlds import NAMED, WorldError, read

    if given.name and given.world:
        raise WorldError("Give a world by name or by --world, not both.")
    if given.world:
        return read(Path(given.world).read_bytes())
    if (name := given.name or "reference") not in NAMED:
        raise WorldError(f"There is no world {name!r}: {', '.join(sorted(NAMED))}.")
    return NAMED[name]


def _day(world: "World", given: Namespace) -> "Day":
    from rejoinder.drill.day import draw

    if not given.replay:
        return draw(world, given.seed)
    from rejoinder.drill.recorded import lines, replay
    from rejoinder.listening import read

    def needs(texts: Sequence[str]) -> "list[Need]":
        return [reading.need for reading in read.fast(texts)]

    with Path(given.replay).open("rb") as file:
        return replay(world, lines(file), given.seed, needs)


def _recorded(world: "World", given: Namespace) -> "list[Recorded]":
    """The mentions to play again, if any. Raises WorldError for what makes no day."""
    if not given.replay:
        return []
    from rejoinder.cli import _play
    from rejoinder.drill.recorded import lines
    from rejoinder.drill.world import HOUR_S
    from rejoinder.drill.worlds import WorldError

    hours = _day(world, given).at / HOUR_S
    if not ((hours >= _play.FROM_H) & (hours < _play.UNTIL_H)).any():
        raise WorldError("Nobody wrote between seven and twenty-two, the hours that people play.")
    with Path(given.replay).open("rb") as file:
        return lines(file)


def _say(words: str) -> None:
    """Progress, for people who watch."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{words}")
        sys.stderr.flush()
    else:
        sys.stderr.write(f"{words}\n")


def _clear() -> None:
    """Leave the line to the answer."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _print(found: "Result", *, as_json: bool) -> None:
    import msgspec

    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
        sys.stdout.buffer.flush()
        return
    sys.stdout.write(f"{found.world.name}, {found.policy}, seed {found.seed}\n")
    for label, name in SHOWN:
        value = getattr(found.score, name)
        words = "–" if value is None else f"{value:,.3f}".rstrip("0").rstrip(".")
        sys.stdout.write(f"{words:>12}  {label}\n")
