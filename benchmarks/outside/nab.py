"""Mentions of companies every five minutes (NAB realTweets), by NAB's own rules of scoring.

The rules, from Lavin & Ahmad 2015, "Evaluating Real-time Anomaly Detection Algorithms – the Numenta
Anomaly Benchmark": the first 15 % of a file (750 rows at most) do not count. Within a labelled
window the best detection counts once, more the earlier it is; a window without one costs its
weight; every detection outside costs, less shortly after a window. 100 is perfect, 0 is silence.

Thresholds are told in three ways: the best one for all files (as NAB's own table does), one chosen
on some files and scored on the others, and the one that the desk would use. No setting of the
detector was chosen on these numbers alone: the same settings have to serve the simulated streams.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations
from math import exp, inf
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from benchmarks.outside import folder
from benchmarks.table import Rows, row
from rejoinder.crisis.surge.series import read
from rejoinder.crisis.surge.surge import FALSE_ALARMS, Surge

PROBATION, LONGEST_PROBATION = 0.15, 750  # of the rows; rows
FAR = 3.0  # windows after one, from where a false detection costs all
PROFILES = {"standard": (0.11, 72.0), "few false positives": (0.22, 65.0)}
AT_DEFAULT = 1 / (1 + FALSE_ALARMS)


class Scored(NamedTuple):
    """A row after probation: what the detector said; its window, or None; what it is worth."""

    score: float
    window: tuple[str, int] | None
    worth: float


class Judged(NamedTuple):
    """A file: its rows, and how many windows it has."""

    rows: list[Scored]
    windows: int


def run() -> Rows:
    rows: Rows = []
    for profile, (cost, asked) in PROFILES.items():
        files = list(_files(cost))
        best, _ = _best(files)
        details = f"{len(files)} files, {sum(file.windows for file in files)} windows"
        rows.append(row(f"NAB {profile}, best threshold", best, detail=details))
        rows.append(_split(profile, files, asked))
        ours = _at(files, AT_DEFAULT)
        rows.append(row(f"NAB {profile}, threshold of the desk", ours))
    return rows


def _split(profile: str, files: Sequence[Judged], asked: float) -> dict[str, Any]:
    """Thresholds chosen on all files but one or two, scored on those."""
    scores = []
    for many in (1, 2):
        for apart in combinations(range(len(files)), many):
            chosen = [file for at, file in enumerate(files) if at not in apart]
            _, threshold = _best(chosen)
            scores.append(_at([files[at] for at in apart], threshold))
    detail = f"mean of {len(scores)} splits, {min(scores):.1f} to {max(scores):.1f}"
    return row(f"NAB {profile}, threshold of others", fmean(scores), at_least=asked, detail=detail)


def _files(cost: float) -> Iterator[Judged]:
    place = folder() / "nab_realTweets"
    windows = json.loads((place / "windows.json").read_text(encoding="utf-8"))
    for name, labelled in sorted(windows.items()):
        times, scores = _scores(place / Path(name).name)
        spans = [(_seconds(begins), _seconds(ends)) for begins, ends in labelled]
        yield Judged(list(_judged(name, times, scores, spans, cost)), len(spans))


def _scores(path: Path) -> tuple[list[float], list[float]]:
    times, scores = [], []
    with path.open(encoding="utf-8", newline="") as file:
        series = read(file)
        surge = Surge.begin(series.length, silent_until=series.known_at)
        for one in series.bins:
            surge.add(one.at, one.came)
            times.append(one.at)
            scores.append(surge.score)
    return times, scores


def _seconds(written: str) -> float:
    return datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp()


def _judged(
    name: str,
    times: Sequence[float],
    scores: Sequence[float],
    spans: Sequence[tuple[float, float]],
    cost: float,
) -> Iterator[Scored]:
    """Each row after probation, with what a detection there would be worth."""
    windows = [[n for n, at in enumerate(times) if a <= at <= b] for a, b in spans]
    inside = {n: number for number, rows in enumerate(windows) for n in rows}
    for n in range(min(int(PROBATION * len(times)), LONGEST_PROBATION), len(times)):
        if n in inside:
            rows = windows[inside[n]]
            worth = _sigmoid((n - rows[-1] - 1) / len(rows)) / _sigmoid(-1)
            yield Scored(scores[n], (name, inside[n]), worth)
            continue
        before = [rows for rows in windows if rows[-1] < n]
        away = (n - before[-1][-1]) / (len(before[-1]) - 1) if before else inf
        yield Scored(scores[n], None, cost * (_sigmoid(away) if away <= FAR else -1.0))


def _sigmoid(position: float) -> float:
    return 2 / (1 + exp(5 * position)) - 1


def _best(files: Sequence[Judged]) -> tuple[float, float]:
    """The highest score that one threshold reaches on these files, and the threshold."""
    steps = _steps(files)
    return max(steps, key=lambda step: step[0])


def _at(files: Sequence[Judged], threshold: float) -> float:
    return [score for score, least in _steps(files) if least >= threshold][-1]


def _steps(files: Sequence[Judged]) -> list[tuple[float, float]]:
    """Scores on NAB's scale, by falling threshold; a window counts its best detection once."""
    many = sum(file.windows for file in files)
    said = [one for file in files for one in file.rows if one.score]
    rows = sorted(said, key=lambda one: -one.score)
    total, caught = -float(many), dict[tuple[str, int], float]()
    steps = [(0.0, inf)]
    for at, one in enumerate(rows):
        if one.window is None:
            total += one.worth
        elif one.worth > caught.get(one.window, -1.0):
            total += one.worth - caught.get(one.window, -1.0)
            caught[one.window] = one.worth
        if at + 1 == len(rows) or rows[at + 1].score < one.score:
            steps.append((100 * (total + many) / (2 * many), one.score))
    return steps
