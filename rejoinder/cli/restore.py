"""Make the desk from a copy."""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

NAME = "restore"
HELP = "Make the desk from a backup; the data folder (or the database) must be empty."
EXAMPLE = "REJOINDER_DATA=/srv/desk rejoinder restore monday.tar.gz"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that 'rejoinder backup' wrote")
    parser.add_argument("--json", action="store_true", help="print the manifest as JSON")


def run(given: Namespace) -> int:
    from rejoinder.plumbing import backup, upgrade
    from rejoinder.privacy import rights
    from rejoinder.privacy.vault import copies

    try:
        manifest = backup.restore(given.file)
        upgrade.upgrade()
        copies.bring_back()
        again = rights.erase_again(datetime.fromisoformat(str(manifest["made_at"])))
    except (backup.BackupError, upgrade.UpgradeFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if given.json:
        sys.stdout.write(json.dumps(manifest) + "\n")
    if again:
        sys.stderr.write(f"{again} people who were erased since are erased again.\n")
    sys.stderr.write(
        f"The desk of {manifest['made_at']} is restored. Run 'rejoinder doctor' before you open it:"
        " it tells whether the keys fit.\n"
    )
    return 0
