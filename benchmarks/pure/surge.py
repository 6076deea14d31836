"""A surge on simulated streams: how soon it is seen, how many alarms were false, and what it costs.

Nothing was tuned on these seeds. The one knob stands at half a false alarm a month; the alarms of
the first weeks count too. The cost is compared with a bare running mean of the same counts.
"""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.table import Rows, row
from benchmarks.telco import A_DAY, DAY, Kind, Telco, telco
from rejoinder.crisis.surge.alarm import Alarm
from rejoinder.crisis.surge.people import People
from rejoinder.crisis.surge.surge import Surge

MONDAY = 1_767_571_200.0  # seconds since 1970
CALM, BAD, FIRST_SEED = 10, 20, 1000
DAYS = 84
SIZES = (50.0, 50_000.0)  # mentions a day
ROUNDS, TIMED = 5, 20_000  # bins


def run() -> Rows:
    calm = [_alarms(telco(FIRST_SEED + seed, DAYS)) for seed in range(CALM)]
    rows = [_false("786 a day", calm)]
    for size in SIZES:
        seeds = range(FIRST_SEED + 500, FIRST_SEED + 500 + CALM // 2)
        streams = [_alarms(telco(seed, DAYS, a_day=size)) for seed in seeds]
        rows.append(_false(f"{size:,.0f} a day", streams))
    rows += _seen("outage", 100, median=12.0, later=18.0)
    rows += _seen("leak", 200, median=70.0)
    return [*rows, _flood(), _cost()]


def _alarms(stream: Telco, *, problems: bool = True) -> list[Alarm]:
    surge = Surge.begin(60, problems=problems)
    minutes = zip(stream.mentions.tolist(), stream.problems.tolist(), strict=True)
    said = [surge.add(MONDAY + n * 60, *both) for n, both in enumerate(minutes)]
    return [alarm for alarm in said if alarm]


def _false(what: str, calm: Sequence[Sequence[Alarm]]) -> dict[str, Any]:
    many, months = sum(map(len, calm)), len(calm) * DAYS / 30
    detail = f"{many} in {months:.0f} months; 0.5 were asked for"
    return row(f"surge, false alarms a month, {what}", many / months, at_most=0.5, detail=detail)


def _seen(kind: Kind, first: int, *, median: float, later: float | None = None) -> Rows:
    """Delays in minutes and mentions, of the first alarm after the crisis began."""
    minutes, mentions = [], []
    for seed in range(FIRST_SEED + first, FIRST_SEED + first + BAD):
        stream = telco(seed, DAYS, kind)
        times = [int((alarm.at - MONDAY) / 60) for alarm in _alarms(stream)]
        seen = next((at for at in times if at >= stream.began), len(stream.mentions))
        minutes.append(seen + 1 - stream.began)
        mentions.append(int(stream.extra[stream.began : seen + 1].sum()))
    missed = sum(late > DAY / 2 for late in minutes)
    nine = float(np.quantile(minutes, 0.9))
    few = 15.0 if kind == "outage" else None
    return [
        row(f"surge, {kind}: minutes, median", float(np.median(minutes)), at_most=median),
        row(f"surge, {kind}: minutes, nine in ten", nine, at_most=later),
        row(f"surge, {kind}: extra mentions, median", float(np.median(mentions)), at_most=few),
        row(f"surge, {kind}: missed", missed, at_most=0, detail=f"of {BAD}"),
    ]


def _flood() -> dict[str, Any]:
    """One author posts ten times a minute for an hour; everybody else as ever."""
    alarms = 0
    for seed in range(FIRST_SEED + 300, FIRST_SEED + 305):
        stream, people = telco(seed, DAYS), People()
        begins = (DAYS - 2) * DAY + seed % DAY
        for n in range(begins, begins + 60):
            counted = people.count(n * 60, ["one author"] * 10)
            stream.mentions[n] += counted
            stream.problems[n] += counted
        times = [(alarm.at - MONDAY) / 60 for alarm in _alarms(stream)]
        alarms += sum(begins <= at < begins + 120 for at in times)
    return row("surge, alarms for a flood by one author", alarms, at_most=0, detail="of 5 floods")


def _cost() -> dict[str, Any]:
    """Time of a bin against that of a running mean, in turns; the scales do not make it grow."""
    counts = telco(FIRST_SEED + 400, TIMED // DAY + 1).mentions[:TIMED].tolist()
    ours, bare = [], []
    for _ in range(ROUNDS):
        began = time.process_time()
        surge = Surge.begin(60)
        for n, count in enumerate(counts):
            surge.add(MONDAY + n * 60, count)
        ours.append(time.process_time() - began)
        began = time.process_time()
        mean = A_DAY / DAY
        for count in counts:
            mean += 0.01 * (count - mean)
        bare.append(time.process_time() - began)
    each = min(ours) / TIMED * 1e6
    return row(
        "surge, time of a bin ÷ running mean", min(ours) / min(bare), detail=f"{each:.1f} µs"
    )
