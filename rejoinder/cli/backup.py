"""Copy the desk while it runs."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

NAME = "backup"
HELP = "Write a consistent copy of the desk to one file while it runs; the keys are kept apart."
EXAMPLE = "rejoinder backup monday.tar.gz"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file to write, such as monday.tar.gz")
    parser.add_argument("--json", action="store_true", help="print the manifest as JSON")


def run(given: Namespace) -> int:
    from rejoinder.plumbing import backup
    from rejoinder.privacy.vault import copies

    try:
        manifest = backup.make(given.file)
        copies.write()  # after the rows, so that it has the key of everybody in them
    except backup.BackupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if given.json:
        sys.stdout.write(json.dumps(manifest) + "\n")
    size = given.file.stat().st_size / 1e6
    sys.stderr.write(f"{given.file}: {size:.1f} MB.\n{backup.key_advice()}\n")
    return 0
