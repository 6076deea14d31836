"""Find subscriber identifiers in requests: one JSON line for each finding."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

NAME = "leakcheck"
HELP = "Find subscriber identifiers in requests: JSON lines out, exit 1 when there were any."
EXAMPLE = "rejoinder leakcheck --har phone.har --number +447700900123"
DESK = False  # it reads no table


def arguments(parser: ArgumentParser) -> None:
    looked = parser.add_mutually_exclusive_group(required=True)
    looked.add_argument("--har", metavar="FILE", type=Path, help="what a browser recorded")
    parser.add_argument(
        "--number",
        action="append",
        default=[],
        metavar="NUMBER",
        help="of a test SIM; found anywhere, hashed too; may repeat",
    )
    parser.add_argument(
        "--range",
        action="append",
        default=[],
        metavar="FIRST-LAST",
        help="numbers whose hashes are found; 07700900000-07700900999 always are; may repeat",
    )
    parser.add_argument(
        "--country",
        action="append",
        default=[],
        metavar="CODE",
        type=_country,
        help="whose mobile numbers are found without a plus (default: GB); may repeat",
    )
    parser.add_argument(
        "--partner",
        action="append",
        default=[],
        metavar="HOST/PATH",
        help="who may be told, by exact host and path, or HOST for all of it; may repeat",
    )


def run(given: Namespace) -> int:
    from rejoinder.cli import _leaks

    try:
        checker = _leaks.checker(given)
        return _leaks.from_har(given.har, checker)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}.\n")
    return 2


def _country(text: str) -> str:
    import phonenumbers

    if text.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise ArgumentTypeError(f"there is no country {text!r}; two letters, such as GB")
    return text.upper()
