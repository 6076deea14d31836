"""Who exactly was affected by a use of personal data, from the ledger of openings."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime, timedelta

NAME = "affected"
HELP = "Say exactly whose data was opened for a purpose, by pseudonym, with proof, as JSON."
EXAMPLE = (
    "rejoinder affected --purpose marketing --field security-phone "
    "--from 2026-01-05 --to 2026-03-09T12:00Z"
)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--purpose", required=True, help="what it was opened for, such as callback")
    parser.add_argument("--field", required=True, help="what was opened, such as phone")
    parser.add_argument(
        "--from", dest="since", required=True, type=_begin, metavar="T", help="from this moment on"
    )
    parser.add_argument(
        "--to",
        dest="until",
        required=True,
        type=_end,
        metavar="T",
        help="to before this moment; a day without a time counts whole",
    )
    parser.add_argument(
        "--proofs", action="store_true", help="with each opening and its path to the head"
    )
    parser.add_argument("--json", action="store_true", help="JSON, which it is anyway")


def run(given: Namespace) -> int:
    from rejoinder.privacy.ledger.affected import affected
    from rejoinder.privacy.ledger.proofs import of_openings
    from rejoinder.privacy.ledger.report import report

    if given.until < given.since:
        sys.stderr.write("--to is before --from.\n")
        return 2
    asked = (given.purpose, given.field, given.since, given.until)
    found = affected(*asked)
    said = report(found)
    if given.proofs:
        said["proofs"] = of_openings(*asked, found.head.size)
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return 0


def _begin(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no moment, such as 2026-03-02T09:00Z") from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _end(text: str) -> datetime:
    moment = _begin(text)
    return moment + timedelta(days=1) if len(text) == len("2026-03-02") else moment
