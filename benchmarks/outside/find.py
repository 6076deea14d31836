"""Personal data in texts from outside: what is found of it, and how often posts are touched."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks import outside
from benchmarks.table import Rows, row
from rejoinder.privacy.find import Finder

SETS = ("uk_mobile.csv", "airline.csv", "twcs.csv", "twcs_spotify_inbound.csv")
PRESIDIO = 0.745  # any-type overlap recall of Presidio on the same file
OURS = ("PHONE_NUMBER", "EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "ADDRESS", "PERSON")


def run() -> Rows:
    finder = Finder()
    return [*_synthetic(finder), *_real(finder)]


def _synthetic(finder: Finder) -> Rows:
    """Presidio's generated texts; many of their names, places and dates stand in no context."""
    path = outside.folder() / "pii_presidio_generated_large.json"
    texts: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    spans = finder.find([one["full_text"] for one in texts])
    every: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for one, here in zip(texts, spans, strict=True):
        for there in one["spans"]:
            start, end = there["start_position"], there["end_position"]
            every[there["entity_type"]] += 1
            hit[there["entity_type"]] += any(s.start < end and s.end > start for s in here)
    rows = [
        row(
            f"recall of {kind}",
            hit[kind] / every[kind],
            detail=f"{hit[kind]:,} of {every[kind]:,}, overlap of any kind",
        )
        for kind in OURS
    ]
    detail = f"{hit.total():,} of {every.total():,}; Presidio {PRESIDIO}"
    return [*rows, row("recall of everything", hit.total() / every.total(), detail=detail)]


def _real(finder: Finder) -> Iterator[dict[str, Any]]:
    for name in SETS:
        with (outside.folder() / name).open(newline="", encoding="utf-8") as file:
            texts = [line["text"] for line in csv.DictReader(file)]
        found = finder.find(texts)
        kinds = Counter(span.kind for spans in found for span in spans)
        share = sum(map(bool, found)) / len(texts)
        detail = ", ".join(f"{kind} {many}" for kind, many in kinds.most_common())
        yield row(f"posts touched of {name}", share, detail=f"{len(texts):,} posts: {detail}")
