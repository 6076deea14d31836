"""The leak check: what it finds, what it leaves alone, and how long it takes."""

import re
import time

from benchmarks.table import Rows, compared, row
from rejoinder.privacy.leakcheck.check import Checker
from rejoinder.privacy.leakcheck.listed import HEADERS
from rejoinder.privacy.leakcheck.places import places
from rejoinder.privacy.leakcheck.shapes import OPAQUE, Request
from tests.privacy.leakcheck.ordinary import Traffic
from tests.privacy.leakcheck.packing import HOST, PLACES, packings

ORDINARY = 10_000
ROUND = 250  # requests; neither side has seen them before
ROUNDS = 5
SEED = 20_260  # no test has it
_BARE = re.compile(r"(?<!\d)(?:\+|00)?(?:44|0)7\d{9}(?!\d)")


def run() -> Rows:
    """Rows of three measures."""
    return [_found(), _false_alarms(), _speed()]


def _found() -> dict[str, object]:
    """Every packing in every place, and under every listed name."""
    values = [value for many in packings().values() for value in many]
    leaks = [put(value) for put in PLACES.values() for value in values]
    leaks += [Request(HOST, "/", [(name, value)]) for name in HEADERS for value in values]
    read = [[one for one in each if one.encoding != OPAQUE] for each in Checker().check(leaks)]
    found = sum(map(bool, read))
    return row(
        "leak check: found",
        found / len(leaks),
        at_least=1.0,
        detail=f"{found:,} of {len(leaks):,}: {len(values)} packings, {len(PLACES)} places, "
        f"{len(HEADERS)} names",
    )


def _false_alarms() -> dict[str, object]:
    requests = Traffic(SEED).requests(ORDINARY)
    alarms = sum(map(bool, Checker().check(requests)))
    detail = f"{alarms} of {ORDINARY:,} ordinary requests"
    return row("leak check: false alarms", float(alarms), at_most=0.0, detail=detail)


def _speed() -> dict[str, object]:
    """Against one pattern over the same places, which finds digits and nothing packed."""
    traffic, checker = Traffic(SEED + 1), Checker()
    rates = []
    for _ in range(ROUNDS):
        requests = traffic.requests(ROUND)
        began = time.perf_counter()
        checker.check(requests)
        middle = time.perf_counter()
        for request in requests:
            for place in places(request):
                _BARE.search(place.value)
        ended = time.perf_counter()
        rates.append((ROUND / (middle - began), ROUND / (ended - middle)))
    return compared("leak check: requests, to one pattern", rates, at_least=0.05)
