"""Go through what can be proved again: the ledger of openings, and the log of public answers."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

NAME = "verify"
HELP = "Hash the ledger again, entry by entry, and compare it with its heads; exit 1 if it differs."
EXAMPLE = "rejoinder verify --heads /mnt/other/heads.jsonl"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--heads",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="heads kept elsewhere, or an e-mail with one as saved, besides our own; may repeat",
    )
    parser.add_argument("--json", action="store_true", help="the result as JSON")


def run(given: Namespace) -> int:
    from rejoinder.answers import record
    from rejoinder.privacy.ledger import heads, heads_away
    from rejoinder.privacy.ledger.replay import Replay

    try:
        paths = given.heads + ([heads.file()] if heads.file().exists() else [])
        known = [head for path in paths for head in heads_away.read(path)]
    except (heads.BadHeadError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = Replay(known)
    problems = [{"what": "ledger", **problem._asdict()} for problem in found.problems]
    problems += [
        {"what": "public log", "place": place, "words": "the entry is not what its row says"}
        for place in record.differing()
    ]
    if given.json:
        head = found.head._asdict()
        sys.stdout.write(
            json.dumps({"ok": not problems, "head": head, "problems": problems}) + "\n"
        )
    for one in problems:
        sys.stderr.write(f"{one['what']}, entry {one['place']}: {one['words']}.\n")
    if not problems:
        sys.stderr.write(f"{found.head.size} entries of the ledger are as they were written.\n")
    return 1 if problems else 0
