"""A learned reading as one file: numbers in npz, never a pickle; replaced whole or not at all."""

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812  (a class, named as the others are)

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rejoinder.listening.learn.field import Field, Settled
from rejoinder.listening.learn.judge import Judge
from rejoinder.listening.learn.meaning import Meaning
from rejoinder.listening.learn.measure import Scores
from rejoinder.listening.learn.words import Words

SUFFIX = ".field.npz"
FORMAT = 1
SERVED, JUDGED = "served", "judged"
_DAMAGES = (KeyError, ValueError, OSError, EOFError, BadZipFile, ZlibError, msgspec.DecodeError)


class BadModelError(ValueError):
    """A file that is no learned reading, or of another version; the message says which."""


class About(Struct):
    """What stands beside the numbers."""

    format: int
    names: list[str]
    learned_from: int
    scores: Scores


class Kept(Struct):
    """A reading that serves, the one its scores are of (it knows no held-back post), and those."""

    served: Field
    judged: Field
    learned_from: int
    scores: Scores


def path(directory: Path, field: str) -> Path:
    """Where the reading of this name stands."""
    return directory / f"{field}{SUFFIX}"


def fields(directory: Path) -> list[str]:
    """The names of the readings in a folder, in order."""
    return sorted(found.name.removesuffix(SUFFIX) for found in directory.glob(f"*{SUFFIX}"))


def save(directory: Path, field: str, kept: Kept) -> None:
    """Put it in the place of the old one. A process that dies here leaves the old one."""
    directory.mkdir(parents=True, exist_ok=True)
    names = list(kept.served.settled.names)
    about = msgspec.json.encode(About(FORMAT, names, kept.learned_from, kept.scores))
    arrays = {"about": np.frombuffer(about, np.uint8)}
    for role, one in ((SERVED, kept.served), (JUDGED, kept.judged)):
        arrays |= {f"{role}.{name}": array for name, array in _arrays(one).items()}
    unfinished = directory / f".{field}.{os.getpid()}"
    with unfinished.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # the stub takes a flag so
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path(directory, field))


def load(directory: Path, field: str, role: str = SERVED) -> Field:
    """One of the two readings in a file. Raises BadModelError."""
    with _opened(directory, field) as arrays:
        about = _about(arrays)
        try:
            return _field(tuple(about.names), {n: arrays[f"{role}.{n}"] for n in _NAMES})
        except _DAMAGES as error:
            raise BadModelError(f"{path(directory, field)} is damaged: {error}.") from error


def load_about(directory: Path, field: str) -> About:
    """What is said of the reading. Raises BadModelError."""
    with _opened(directory, field) as arrays:
        return _about(arrays)


def _opened(directory: Path, field: str) -> Any:
    found = path(directory, field)
    try:
        return np.load(BytesIO(found.read_bytes()), allow_pickle=False)
    except _DAMAGES as error:
        raise BadModelError(f"{found} cannot be read: {error}.") from error


def _about(arrays: Mapping[str, NDArray[np.uint8]]) -> About:
    try:
        about = msgspec.json.decode(arrays["about"].tobytes(), type=About)
    except _DAMAGES as error:
        raise BadModelError(f"This is no learned reading: {error}.") from error
    if about.format != FORMAT:
        raise BadModelError(f"A reading of format {about.format}; this desk reads {FORMAT}.")
    return about


_NAMES = (
    *("columns", "rarity", "words", "bias", "meaning"),
    *("strength", "learners", "labels", "lean", "sure"),
)


def _arrays(field: Field) -> dict[str, NDArray[Any]]:
    judge = field.settled.judge
    parts = (
        *(field.words.columns, field.words.rarity, field.words.weights, field.words.bias),
        *(field.meaning.weights, np.array(field.settled.strength)),
        *(judge.learners, judge.labels, judge.lean, judge.sure),
    )
    return dict(zip(_NAMES, parts, strict=True))


def _field(names: tuple[str, ...], a: Mapping[str, NDArray[Any]]) -> Field:
    if a["words"].shape != (len(a["columns"]), len(names)) or a["lean"].shape != (len(names),):
        raise ValueError("its parts do not fit together")
    judge = Judge(a["learners"], a["labels"], a["lean"], a["sure"])
    words = Words(a["columns"], a["rarity"], a["words"], a["bias"])
    return Field(Settled(names, float(a["strength"]), judge), words, Meaning(a["meaning"]))
