"""Languages: sentences, pairs of words and single words in 75 languages, and speed on posts.

Confidence was fitted on the lines of even number of sentences and pairs; what is told here is of
the others. "22" are European ones.
"""

import csv
import time
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.outside import folder
from benchmarks.table import Rows, row
from rejoinder.listening.language import languages
from rejoinder.listening.learn.measure import calibration_error

EUROPEAN = (
    *("cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hu", "it"),
    *("lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv"),
)
Codes = NDArray[np.str_]

ASKED = {"sentences": 0.99, "word-pairs": 0.85, "single-words": None}


def run() -> Rows:
    """Shares that are right, calibration, and posts a second."""
    rows: Rows = []
    for kind, asked in ASKED.items():
        true, texts = _lines(kind)
        found = languages(texts)
        codes, sure = np.array([c for c, _ in found]), np.array([s for _, s in found])
        right, few = codes == true, np.isin(true, EUROPEAN)
        rows += [
            row(f"language, {kind}, 22", float(right[few].mean()), at_least=asked),
            row(f"language, {kind}, 75", float(right.mean()), detail=_worst(true, right)),
        ]
        error = calibration_error(sure[few], right[few])
        rows.append(row(f"language, {kind}, 22: calibration", error, at_most=0.05))
    return [*rows, *_posts()]


def _lines(kind: str) -> tuple[Codes, list[str]]:
    pairs = [
        (path.stem, line)
        for path in sorted((folder() / "langid" / kind).glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()[1::2]
        if line.strip()
    ]
    return np.array([code for code, _ in pairs]), [line for _, line in pairs]


def _worst(true: Codes, right: NDArray[np.bool_]) -> str:
    shares = {code: right[true == code].mean() for code in np.unique(true)}
    worst = sorted(shares, key=lambda code: float(shares[code]))[:10]
    return "least: " + ", ".join(f"{code} {shares[code]:.2f}" for code in worst)


def _posts() -> Rows:
    rows = []
    for name in ("airline", "uk_mobile", "twcs"):
        with (folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            texts = [line["text"] for line in csv.DictReader(file)]
        languages(texts[:100])
        began = time.process_time()
        found = Counter(code for code, _ in languages(texts))
        rate = len(texts) / (time.process_time() - began)
        others = ", ".join(f"{code} {n}" for code, n in found.most_common(6)[1:])
        detail = f"{rate:,.0f} posts a CPU-second; then {others}"
        rows.append(
            row(f"language, {name}: read as English", found["en"] / len(texts), detail=detail)
        )
    return rows
