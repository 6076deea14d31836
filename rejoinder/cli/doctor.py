"""Look the whole desk over and say what to do about what is wrong."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

NAME = "doctor"
HELP = "Check settings, database, channels, clocks and rights; each finding with its remedy."
EXAMPLE = "rejoinder doctor --channel bluesky"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--channel", help="only the accounts on this channel")
    parser.add_argument("--json", action="store_true", help="one JSON object for each finding")


def run(given: Namespace) -> int:
    from rejoinder.cli import _examine

    findings = _examine.channels(given.channel) if given.channel else _examine.everything()
    for finding in findings:
        if given.json:
            sys.stdout.write(json.dumps(asdict(finding)) + "\n")
        else:
            mark = "ok  " if finding.ok else ("BAD " if finding.serious else "note")
            sys.stdout.write(f"{mark}  {finding.what}: {finding.words}\n")
            if not finding.ok:
                sys.stdout.write(f"      {finding.remedy}\n")
    return 1 if any(finding.serious and not finding.ok for finding in findings) else 0
