"""Find subscriber identifiers in requests: one JSON line for each finding."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.privacy.leakcheck.check import Checker

NAME = "leakcheck"
HELP = "Find subscriber identifiers in requests: JSON lines out, exit 1 when there were any."
EXAMPLE = "rejoinder leakcheck --har phone.har --number +447700900123"
DESK = False  # it reads no table


def arguments(parser: ArgumentParser) -> None:
    looked = parser.add_mutually_exclusive_group(required=True)
    looked.add_argument("--har", metavar="FILE", type=Path, help="what a browser recorded")
    looked.add_argument(
        "--pcap", metavar="FILE", type=Path, help="a capture, pcap or pcapng; TLS is not readable"
    )
    looked.add_argument(
        "--serve",
        action="store_true",
        help="whatever asks for a page that shows people what their network added",
    )
    looked.add_argument(
        "--proxy",
        action="store_true",
        help="what passes through a proxy, the mitmdump that REJOINDER_MITMDUMP names",
    )
    parser.add_argument(
        "--listen",
        metavar="HOST:PORT",
        type=_address,
        default=("127.0.0.1", 8089),
        help="where the page or the proxy is (default: 127.0.0.1:8089)",
    )
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
        return _look(given, _leaks.checker(given))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}.\n")
    return 2


def _look(given: Namespace, checks: "Checker") -> int:
    from rejoinder.cli import _leaks, _proxy, _serve
    from rejoinder.plumbing.config import config

    host, port = given.listen
    if given.serve:
        return _serve.serve(host, port, checks)
    if given.proxy:
        return _proxy.watch(config().mitmdump, host, port, checks)
    if given.pcap:
        return _leaks.from_pcap(given.pcap, checks)
    return _leaks.from_har(given.har, checks)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise ArgumentTypeError(f"{text!r} is no address and port, such as 127.0.0.1:8089")
    return host.strip("[]"), int(port)


def _country(text: str) -> str:
    import phonenumbers

    if text.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise ArgumentTypeError(f"there is no country {text!r}; two letters, such as GB")
    return text.upper()
