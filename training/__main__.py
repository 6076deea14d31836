"""`python -m training`: makes the shipped model again, from what the repository holds."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening import read
from rejoinder.listening.read.grade import GRADES
from rejoinder.listening.read.heads import FILE, HEADS
from rejoinder.listening.read.scan import names
from training import fit
from training.compose import composed
from training.posts import Post, learned, pairs


def main() -> int:
    written, paired = learned(), pairs()
    posts, parts = _with_long(written, 0)
    alone = len(posts)
    more, more_parts = _with_long(paired, alone)
    posts, parts = [*posts, *more], [*parts, *more_parts]
    features = fit.Features([post.text for post in posts], len(written))
    rows = _rows(features.kin, parts, alone)
    arrays: dict[str, Any] = {"numbers": features.numbers, "seen": np.array([*names(), *GRADES])}
    for tier in fit.STRENGTH:
        of = features.of(tier)
        columns = []
        for head, classes in HEADS.items():
            sys.stderr.write(f"{tier}: {head}\n")
            label = fit.labels(posts, head)
            many = max(len(classes), 1)
            some = rows["relative" if head == "relative" else "all"]
            columns.append(fit.fitted(of, label, fit.STRENGTH[tier], many, some))
        arrays |= _split(np.hstack(columns), len(features.numbers), tier)
    write(Path(read.__file__).parent / FILE, arrays)
    return 0


def _with_long(written: Sequence[Post], first: int) -> tuple[list[Post], list[tuple[int, ...]]]:
    """Posts and the long ones made of them, and the rows of which each is made, from `first` on."""
    made = composed(written)
    parts = [*((at,) for at in range(len(written))), *(one.parts for one in made)]
    shifted = [tuple(first + at for at in of) for of in parts]
    return [*written, *(one.post for one in made)], shifted


def _rows(kin: NDArray[np.bool_], parts: fit.Parts, alone: int) -> dict[str, fit.Rows]:
    """The pairs teach one head alone: the others would trade danger to life for errands."""
    every = np.arange(len(kin))
    relative = np.flatnonzero(kin | (every >= alone))
    counts = np.where(relative >= alone, fit.PAIRED, 1.0)
    return {"all": fit.Rows(every[:alone], parts), "relative": fit.Rows(relative, parts, counts)}


def _split(weights: fit.Floats, words: int, tier: str) -> dict[str, Any]:
    small = weights.astype(np.float16)
    return {
        f"{tier}_words": small[:words],
        f"{tier}_rest": small[words:-1],
        f"{tier}_bias": weights[-1].astype(np.float32),
    }


def write(file: Path, arrays: Mapping[str, Any]) -> None:
    np.savez_compressed(file, **arrays)
    sys.stderr.write(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    sys.exit(main())
