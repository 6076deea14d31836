"""How far two labellings of the same posts agree: `python -m training.agreement FIRST SECOND`."""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

FIELDS = ("need", "intent", "sentiment", "abuse", "strong", "sarcasm", "safety")
NAMES = ("key", "id")

Label = str | bool | None
Labels = Mapping[str, Label]


class Agreement(NamedTuple):
    """Of one field: the share of posts labelled alike, and Cohen's kappa."""

    field: str
    posts: int
    raw: float
    kappa: float


def agreement(
    first: Mapping[str, Labels], second: Mapping[str, Labels], fields: Sequence[str] = FIELDS
) -> list[Agreement]:
    """Field by field, over the posts that both labelled; ValueError if there are none."""
    both = sorted(first.keys() & second.keys())
    if not both:
        raise ValueError("The two files share no post.")
    rows = []
    for field in fields:
        ours, theirs = [first[k][field] for k in both], [second[k][field] for k in both]
        rows.append(Agreement(field, len(both), raw(ours, theirs), kappa(ours, theirs)))
    return rows


def raw(first: Sequence[Label], second: Sequence[Label]) -> float:
    """The share of places where the two are the same."""
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def kappa(first: Sequence[Label], second: Sequence[Label]) -> float:
    """Agreement beyond chance, 1 at best, 0 as by chance.

    Cohen, "A coefficient of agreement for nominal scales", 1960. Where chance alone explains
    everything (both always say the same one thing) it is undefined: nan.
    """
    ours, theirs = Counter(first), Counter(second)
    by_chance = sum(ours[label] * theirs[label] for label in ours) / len(first) ** 2
    if by_chance == 1:
        return float("nan")
    return (raw(first, second) - by_chance) / (1 - by_chance)


def read(path: Path) -> dict[str, Labels]:
    """A file of labels, or a folder of them, by their posts' keys."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    return {next(str(row[name]) for name in NAMES if name in row): row for row in rows}


def main() -> None:
    first, second = (read(Path(name)) for name in sys.argv[1:3])
    for field, posts, alike, beyond in agreement(first, second):
        sys.stdout.write(f"{field:<10} {posts:>5} posts  {alike:6.1%}  kappa {beyond:.2f}\n")


if __name__ == "__main__":
    main()
