"""Bring the tables up to this version, or leave them as they were."""

import sys
from argparse import ArgumentParser, Namespace

NAME = "migrate"
HELP = "Bring the tables up to this version; if that fails, nothing has changed."
EXAMPLE = "rejoinder migrate"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say what is missing; 1 if any")


def run(given: Namespace) -> int:
    from rejoinder.plumbing import upgrade

    if given.check:
        missing = upgrade.pending()
        sys.stderr.write("".join(f"missing: {name}\n" for name in missing) or "up to date\n")
        return 1 if missing else 0
    try:
        done = upgrade.upgrade()
    except upgrade.UpgradeFailedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write(f"{len(done)} migrations applied\n" if done else "up to date\n")
    return 0
