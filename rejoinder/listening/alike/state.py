"""What was learned, in a folder: numbers in one npz file, words in the JSON inside it. No pickle.

One file, written beside the old one and put in its place, so that whoever is killed while saving
leaves the state before. It holds vectors and hashed words of the posts that are remembered, and
the plain words of questions, never a whole text.
"""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.alike.alike import Alike
from rejoinder.listening.alike.change import Hearing
from rejoinder.listening.alike.clusters import Clusters
from rejoinder.listening.alike.questions import Questions
from rejoinder.listening.alike.recent import ARRAYS, Recent

FILE = "alike.npz"
VERSION = 1
CLUSTERS = ("sums", "posts", "number", "last", "taken", "people")

Arrays = dict[str, NDArray[Any]]


class BadStateError(ValueError):
    """The folder holds no state that can be read; the message says why."""


def save(alike: Alike, folder: Path) -> None:
    """Put the state into the folder, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = _arrays(alike)
    arrays["about"] = np.frombuffer(json.dumps(_about(alike)).encode(), np.uint8)
    beside = folder / f".{FILE}.{os.getpid()}"
    try:
        with beside.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / FILE)
    finally:
        beside.unlink(missing_ok=True)


def load(folder: Path, dimensions: int) -> Alike | None:
    """The state of a folder, None when it holds none. Raises BadStateError."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays.pop("about").tobytes())
        _check(path, about, dimensions)
        return _restored(arrays, about)
    except BadStateError:
        raise
    except (OSError, ValueError, KeyError, TypeError, IndexError, EOFError, AttributeError) as e:
        raise BadStateError(f"{path} is not a state of alike, or is broken") from e
    except zipfile.BadZipFile as e:
        raise BadStateError(f"{path} is not a state of alike, or is broken") from e


def _check(path: Path, about: dict[str, Any], dimensions: int) -> None:
    if about["version"] != VERSION:
        raise BadStateError(f"{path} was written by another version of the desk")
    if about["dimensions"] != dimensions:
        raise BadStateError(f"{path} was learned with another embedding")


def _about(alike: Alike) -> dict[str, Any]:
    return {
        "version": VERSION,
        "dimensions": alike.recent.vectors.shape[1],
        "target": alike.target,
        "cut": alike.cut,
        "judged": alike.judged,
        "learned_at": alike.learned_at,
        "names": alike.questions.names,
        "ids": alike.recent.ids,
        "next": alike.recent.next,
        "heard": alike.clusters.heard,
        "provisional": list(alike.clusters.names.items()),
        "hearings": [[row, hearing.kept()] for row, hearing in alike.hearings.items()],
    }


def _arrays(alike: Alike) -> Arrays:
    rows, live, posts = len(alike.questions.names), alike.clusters.size, len(alike.recent)
    parts: dict[str, Any] = {
        "questions": alike.questions.arrays(),
        "exemplars": alike.exemplars.arrays(rows),
        "lexicon": alike.lexicon.arrays(rows),
        "recent": {name: getattr(alike.recent, name)[:posts] for name in ARRAYS},
        "clusters": {name: getattr(alike.clusters, name)[:live] for name in CLUSTERS},
        "hearing": {str(row): hearing.vectors for row, hearing in alike.hearings.items()},
    }
    out = {f"{part}/{name}": a for part, named in parts.items() for name, a in named.items()}
    measured = alike.clusters.measured()
    return out | measured | {"confidence": alike.confidence.weights}


def _restored(arrays: Arrays, about: dict[str, Any]) -> Alike:
    alike = Alike(about["dimensions"], about["target"])
    alike.cut, alike.judged = float(about["cut"]), int(about["judged"])
    alike.learned_at = int(about["learned_at"])
    names = [str(name) for name in about["names"]]
    alike.questions = Questions.restored(names, _part(arrays, "questions"))
    for name, array in _part(arrays, "exemplars").items():
        setattr(alike.exemplars, name, array)
    for name, array in _part(arrays, "lexicon").items():
        setattr(alike.lexicon, name, array)
    alike.confidence.weights = arrays["confidence"]
    alike.recent = _recent(arrays, about)
    alike.clusters = _clusters(arrays, about)
    vectors = _part(arrays, "hearing")
    alike.hearings = {
        int(row): Hearing.restored(vectors[str(row)], kept) for row, kept in about["hearings"]
    }
    return alike


def _part(arrays: Arrays, part: str) -> Arrays:
    """The arrays of one part, by their names in it."""
    start = f"{part}/"
    return {name.removeprefix(start): a for name, a in arrays.items() if name.startswith(start)}


def _recent(arrays: Arrays, about: dict[str, Any]) -> Recent:
    recent = Recent(about["dimensions"])
    for name, array in _part(arrays, "recent").items():
        getattr(recent, name)[: len(array)] = array
    recent.remember([str(post) for post in about["ids"]], int(about["next"]))
    return recent


def _clusters(arrays: Arrays, about: dict[str, Any]) -> Clusters:
    clusters = Clusters(about["dimensions"])
    for name, array in _part(arrays, "clusters").items():
        getattr(clusters, name)[: len(array)] = array
        clusters.size = len(array)
    clusters.heard = int(about["heard"])
    clusters.names = {int(number): str(name) for number, name in about["provisional"]}
    clusters.restore({name: arrays[name] for name in clusters.measured()})
    return clusters
