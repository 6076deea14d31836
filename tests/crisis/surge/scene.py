"""Made-up streams of counts: the usual week of a desk, and what happens to it."""

import math
import random
from collections.abc import Sequence

from rejoinder.crisis.surge.alarm import Alarm
from rejoinder.crisis.surge.surge import Surge

MONDAY = 1_767_571_200.0  # 5 January 2026, 00:00 UTC
HOUR, DAY = 3600, 86_400
BIN = 300


def usual(at: float) -> float:
    """Mentions of one bin: little at night, most in the evening, less at the weekend."""
    hour = at % DAY / HOUR
    weekend = 0.7 if (at - MONDAY) // DAY % 7 >= 5 else 1.0
    return weekend * (0.5 + 4 * max(0.0, math.sin(math.pi * (hour - 6) / 18)))


def days(number: float, *, seed: int = 1, times: float = 1.0) -> list[float]:
    """Counts by bin, of so many days from MONDAY, `times` the usual."""
    draw = random.Random(seed)
    many = int(number * DAY / BIN)
    return [poisson(draw, times * usual(MONDAY + n * BIN)) for n in range(many)]


def poisson(draw: random.Random, mean: float) -> float:
    """Knuth's way; for small means."""
    least, number, product = math.exp(-mean), 0, draw.random()
    while product > least:
        number += 1
        product *= draw.random()
    return float(number)


def heard(surge: Surge, counts: Sequence[float], begin: float = MONDAY) -> list[Alarm]:
    """The alarms of counts that follow each other."""
    said = [surge.add(begin + n * surge.bin, count) for n, count in enumerate(counts)]
    return [alarm for alarm in said if alarm]
