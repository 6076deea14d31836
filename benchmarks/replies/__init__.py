"""Replies that somebody made up, good and bad, in two halves: cues are written from the first half,
and what is reported is measured on the second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Half = Literal["a", "b"]
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    """One reply and what it answers; `kind` is what is wrong with it, empty for a good one."""

    kind: str
    need: str
    private: bool
    said: str
    reply: str


def good(half: Half) -> list[Example]:
    """Replies that nobody should interrupt."""
    return [_example("", *line) for line in _lines(f"good_{half}")]


def bad(half: Half) -> list[Example]:
    """Replies with one thing wrong."""
    return [_example(*line) for line in _lines(f"bad_{half}")]


def _lines(name: str) -> Iterator[list[str]]:
    for line in (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.strip().split(" | ")


def _example(*parts: str) -> Example:
    kind, need, said, reply = parts
    private = "P" in f"{kind} {need}".split()
    return Example(kind.split()[0] if kind else "", need.split()[0], private, said, reply)
