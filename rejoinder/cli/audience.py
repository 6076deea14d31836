"""Match a marketer's list of hashed contact points with those who granted marketing."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

NAME = "audience"
HELP = "Match a list of SHA-256 hashes: prints those of people who granted marketing, as JSON."
EXAMPLE = "rejoinder audience spring.txt --field phone --why 'spring offer, order 114'"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="one hash on each line, in hexadecimal digits")
    parser.add_argument("--field", required=True, help="what it is made from, such as phone, email")
    parser.add_argument("--why", required=True, help="why, in a few words; the ledger keeps it")
    parser.add_argument("--json", action="store_true", help="JSON, which it is anyway")


def run(given: Namespace) -> int:
    from rejoinder.privacy import audience
    from rejoinder.privacy.vault import NotOpenedError

    try:
        asked = audience.read(given.file.read_bytes())
    except (OSError, audience.NoListError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    try:
        found = audience.match(asked, given.field, "audience", given.why)
    except NotOpenedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    said = {"field": given.field, "asked": len(set(asked)), "matched": sorted(found)}
    sys.stdout.write(json.dumps(said) + "\n")
    return 0
