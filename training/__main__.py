"""`python -m training`: makes the shipped model again, from what the repository holds."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from rejoinder.listening import read
from rejoinder.listening.read.grade import GRADES
from rejoinder.listening.read.heads import FILE, HEADS
from rejoinder.listening.read.scan import names
from training import fit
from training.compose import composed
from training.posts import learned


def main() -> int:
    written = learned()
    made = composed(written)
    posts = [*written, *(one.post for one in made)]
    parts = [*((at,) for at in range(len(written))), *(one.parts for one in made)]
    features = fit.Features([post.text for post in posts], len(written))
    arrays: dict[str, Any] = {"numbers": features.numbers, "seen": np.array([*names(), *GRADES])}
    for tier in fit.STRENGTH:
        of = features.of(tier)
        columns = []
        for head, classes in HEADS.items():
            sys.stderr.write(f"{tier}: {head}\n")
            label = fit.labels(posts, head)
            many = max(len(classes), 1)
            columns.append(fit.fitted(of, label, fit.STRENGTH[tier], many, parts))
        arrays |= _split(np.hstack(columns), len(features.numbers), tier)
    write(Path(read.__file__).parent / FILE, arrays)
    return 0


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
