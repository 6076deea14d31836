"""Where the leak check takes its requests from, and how it tells what it found."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NoReturn

import msgspec
from tqdm import tqdm

from rejoinder.privacy.leakcheck import har, known, partners, pcap
from rejoinder.privacy.leakcheck.capture import NotCaptureError
from rejoinder.privacy.leakcheck.check import HOME, Checker
from rejoinder.privacy.leakcheck.known import DRAMA, Known
from rejoinder.privacy.leakcheck.partners import Partners
from rejoinder.privacy.leakcheck.shapes import Finding, Request

AT_ONCE = 256  # requests


def checker(given: Namespace) -> Checker:
    """As the arguments say. Raises ValueError with a sentence."""
    countries = tuple(given.country) or HOME
    numbers = [known.read(one, countries[0]) for one in given.number]
    ranges = [known.read_range(one, countries[0]) for one in given.range]
    told = Partners(map(partners.read, given.partner))
    return Checker(Known(numbers, [DRAMA, *ranges]), countries, told)


class Teller:
    """Checks requests, writes a line for each finding, and counts."""

    def __init__(self, checks: Checker) -> None:
        self._checks = checks
        self.requests = self.findings = 0

    def take(self, requests: list[Request]) -> None:
        """Check some requests."""
        for found in self._checks.check(requests):
            self._write(found)
        sys.stdout.buffer.flush()

    def tell(self, found: Sequence[Finding]) -> None:
        """What was found in one request that somebody else checked."""
        self._write(found)
        sys.stdout.buffer.flush()

    def _write(self, found: Sequence[Finding]) -> None:
        for finding in found:
            sys.stdout.buffer.write(msgspec.json.encode(finding) + b"\n")
        self.requests += 1
        self.findings += len(found)

    @staticmethod
    def say(words: str) -> None:
        """To whoever watches, beside the lines."""
        tqdm.write(words, file=sys.stderr)
        sys.stderr.flush()

    def end(self) -> int:
        """Say how many; the exit code."""
        self.say(f"{self.requests:,} requests checked, {self.findings:,} findings.")
        return 1 if self.findings else 0


def from_har(path: Path, checks: Checker) -> int:
    """Check the requests of a HAR file; the exit code."""
    with path.open("rb") as file, _progress(path) as bar:
        try:
            return _all(_good(har.entries(_Counted(file, bar))), checks)
        except har.NotHarError as error:
            raise har.NotHarError(f"{path}: {error}") from None


def from_pcap(path: Path, checks: Checker) -> int:
    """Check the requests of a capture; the exit code."""
    with path.open("rb") as file:
        capture = pcap.Capture(file)
        try:
            code = _all(capture.requests(), checks)
        except NotCaptureError as error:
            raise NotCaptureError(f"{path}: {error}") from None
    for why, many in capture.unread.items():
        Teller.say(f"Not read: {many:,} {why}.")
    return code


def _good(entries: Iterable[har.Entry]) -> Iterator[Request]:
    for entry in entries:
        if entry.wrong:
            Teller.say(f"Entry {entry.number}: {entry.wrong}.")
        if entry.request:
            yield entry.request


def _all(requests: Iterator[Request], checks: Checker) -> int:
    teller = Teller(checks)
    while some := list(islice(requests, AT_ONCE)):
        teller.take(some)
    return teller.end()


def _progress(path: Path) -> "tqdm[NoReturn]":
    return tqdm(total=path.stat().st_size, unit="B", unit_scale=True, disable=None)


class _Counted:
    """A file that moves a bar as it is read."""

    def __init__(self, file: BinaryIO, bar: "tqdm[NoReturn]") -> None:
        self._file, self._bar = file, bar

    def read(self, many: int, /) -> bytes:
        found = self._file.read(many)
        self._bar.update(len(found))
        return found
