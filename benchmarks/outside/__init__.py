"""Benchmarks on real posts from outside, which are never part of the repository."""

import os
from pathlib import Path

VARIABLE = "REJOINDER_BENCH_DATA"


def given() -> bool:
    """Whether a folder was named."""
    return bool(os.environ.get(VARIABLE))


def folder() -> Path:
    """The folder that was named; FileNotFoundError says what to do when there is none."""
    found = Path(os.environ.get(VARIABLE) or "nowhere")
    if not found.is_dir():
        raise FileNotFoundError(f"no outside data in {found}: run make bench DATA=folder")
    return found
