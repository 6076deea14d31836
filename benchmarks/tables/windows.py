"""A million windows at the platform's clock, with eight processes that are killed in between."""

import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

from benchmarks.crowd import PROCESSES, Found, crowd
from benchmarks.table import Rows, row

ACCOUNTS, LIMITS, POSTS = 25, 60, 2_100
WINDOWS = 1_000_000


def run() -> Rows:
    """Over-limit posts in a million windows, and how many of those were full.

    Each post ends a window of every sliding limit; a fixed limit has one for its posts together.
    """
    found, seed = Found(0, 0, 0, 0, 0), 0
    while found.windows < WINDOWS:
        seed += 1
        found = _and(found, _crowd(seed))
        sys.stderr.write(f"  {found.windows:,} windows, {found.over} over\n")
    detail = (
        f"{found.windows:,} windows, {found.full:,} of them full, {found.posts:,} posts by "
        f"{PROCESSES} processes, {found.killed} killed"
    )
    return [row("windows over their limit", found.over, at_most=0, detail=detail)]


def _crowd(seed: int) -> Found:
    with tempfile.TemporaryDirectory(prefix="rejoinder-windows-") as folder:
        return crowd(Path(folder), ACCOUNTS, LIMITS, POSTS, seed)


def _and(one: Found, other: Found) -> Found:
    return Found(*(a + b for a, b in zip(astuple(one), astuple(other), strict=True)))
