"""Simulated mentions of a telephone company, minute by minute: usual weeks, bursts, crises.

786 mentions a day (11,000 in two days of seven times the usual), a profile of the day and of the
week, days that differ, noise beyond chance. Six times a month something harmless brings up to 2.6
times the usual. A crisis is an outage (seven times the day, steep within 45 minutes) or a leak (the
same, growing over five hours), at any hour. A reader calls 80 in 100 problems a problem, and 10 in
100 of the rest.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

A_DAY, DAY = 786.0, 1440  # mentions; minutes
HOURS = np.array(
    [16, 10, 6, 4, 4, 6, 12, 25, 42, 52, 56, 58, 59, 57, 54, 53, 55, 60, 63, 62, 58, 52, 42, 29]
)
WEEK = np.array([1.05, 1.0, 1.0, 1.0, 1.1, 0.95, 0.9])
DAYS_DIFFER, MONTHS_DIFFER = 0.12, 0.15  # of the logarithm
BURSTS = 6 / 30  # a day
HIT, FALSE = 0.8, 0.1  # of the reader
USUAL, BURST, CRISIS = 0.25, 0.05, 0.8  # shares of problems
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Kind = Literal["outage", "leak"]


class Telco(NamedTuple):
    """Counts by minute; `extra` are those of the crisis, which begins at minute `began`."""

    mentions: Whole
    problems: Whole
    extra: Whole
    began: int


def telco(seed: int, days: int, kind: Kind | None = None, *, a_day: float = A_DAY) -> Telco:
    """A stream of so many days; a crisis begins some time in the third day before the end."""
    draw = np.random.default_rng(seed)
    usual = _usual(draw, days, a_day)
    noisy = usual * (0.6 + 0.4 * np.repeat(draw.gamma(4, 0.25, days * DAY // 10), 10))
    bursts = _bursts(draw, usual)
    began = (days - 3) * DAY + int(draw.integers(0, DAY))
    crisis = _crisis(kind, usual, began, a_day) if kind else np.zeros_like(usual)
    read = [_read(draw, *part) for part in ((noisy, USUAL), (bursts, BURST), (crisis, CRISIS))]
    mentions = np.sum([all_ for all_, _ in read], axis=0)
    return Telco(mentions, np.sum([problems for _, problems in read], axis=0), read[2][0], began)


def _usual(draw: np.random.Generator, days: int, a_day: float) -> Floats:
    minute = np.arange(days * DAY)
    day = minute // DAY
    profile = np.interp(minute[:DAY] / 60, np.arange(25), np.append(HOURS, HOURS[0]))
    level = np.exp(draw.normal(0, DAYS_DIFFER, days))[day]
    slow = np.exp(MONTHS_DIFFER * np.sin(2 * np.pi * day / 60 + draw.uniform(0, 6)))
    found = a_day * np.tile(profile / profile.sum(), days) * WEEK[day % 7] * level * slow
    return np.asarray(found)


def _bursts(draw: np.random.Generator, usual: Floats) -> Floats:
    """Goals, offers, sponsors: a hump of 20 minutes to three hours."""
    found = np.zeros_like(usual)
    for _ in range(draw.poisson(len(usual) / DAY * BURSTS)):
        begins, length = draw.integers(0, len(usual) - 180), int(draw.uniform(20, 180))
        hump = draw.uniform(0.3, 1.6) * np.sin(np.pi * np.arange(length) / length)
        found[begins : begins + length] += usual[begins : begins + length] * hump
    return found


def _crisis(kind: Kind, usual: Floats, began: int, a_day: float) -> Floats:
    """Six more days' worth of mentions in its first day."""
    hours = np.clip((np.arange(len(usual)) - began) / 60, 0, None)
    rise = 1 - np.exp(-hours / 0.75) if kind == "outage" else np.clip(hours / 5, 0, 1) ** 1.5
    awake = 0.3 + 0.7 * usual / usual.max()
    shape = rise * np.exp(-hours / 10) * awake
    return np.asarray(shape * 6 * a_day / shape[began : began + DAY].sum())


def _read(draw: np.random.Generator, rate: Floats, problems: float) -> tuple[Whole, Whole]:
    """Mentions, and those among them that the reader calls problems."""
    called = problems * HIT + (1 - problems) * FALSE
    found = draw.poisson(rate * called)
    return found + draw.poisson(rate * (1 - called)), found
