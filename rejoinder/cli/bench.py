"""How fast this is here, as ratios to a bare baseline of the same run."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

NAME = "bench"
HELP = "Time what has to be fast, as ratios to a bare baseline measured in the same run."
EXAMPLE = "rejoinder bench claim --database sqlite"

DESK = False  # each benchmark makes a desk of its own; this one's settings do not matter


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--database", choices=("sqlite", "postgres"), help="only on this one")
    parser.add_argument("--json", action="store_true", help="one JSON list on standard output")


def run(given: Namespace) -> int:
    if not Path("benchmarks/__main__.py").exists():
        sys.stderr.write("The benchmarks come with the source: run this in a clone.\n")
        return 2
    words = [*given.names]
    words += ["--database", given.database] if given.database else []
    words += ["--json"] if given.json else []
    command = [sys.executable, "-m", "benchmarks", *words]
    return subprocess.run(command, check=False).returncode  # noqa: S603  # our own words
