"""Learn a reading from labels, compare it with the one there is, and keep the better."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rejoinder.listening.embedding.embed import BATCH, embed
from rejoinder.listening.learn import store
from rejoinder.listening.learn.field import Field, Posts, Progress, seen, settle, teach
from rejoinder.listening.learn.folds import kept_back
from rejoinder.listening.learn.labels import Label, TooLittleError, enough
from rejoinder.listening.learn.measure import Scores, measure
from rejoinder.listening.learn.store import JUDGED, Kept

Indices = NDArray[np.intp]

_name = re.compile(r"[^\W_][\w .-]{0,60}")


class Report(Struct):
    """What came of it. before: the scores of the reading there was, on the same held-back texts.

    Neither of the two compared has seen a held-back text: one fifth is held back, always the
    same. The reading that serves then learns from these too.
    """

    field: str
    labels: list[str]
    texts: int
    left_out: dict[str, int]  # labels that too few texts bear
    held_back: int
    before: Scores | None
    after: Scores
    kept: str  # "new" or "old"


def fit(
    directory: Path, field: str, given: Sequence[Label], progress: Progress | None = None
) -> Report:
    """Learn the reading `field` and keep it in a folder, unless the one there is better.

    Better is a higher macro-F1 on the held-back texts; of equals the new one, which knows more.
    Raises TooLittleError, store.BadModelError, and ValueError for a name that cannot be one.
    """
    say = progress or (lambda said: None)
    named(field)
    labels, few = enough(given)
    names = sorted({one.label for one in labels})
    number = {name: i for i, name in enumerate(names)}
    true = np.array([number[one.label] for one in labels], np.intp)
    texts = [one.text for one in labels]
    back, rest = _divided(texts, true)
    posts = _seen(texts, say)
    judged = teach(settle(names, posts[rest], true[rest], say), posts[rest], true[rest])
    after = _scores(judged, names, posts[back], [labels[i].label for i in back])
    before = _before(directory, field, names, posts[back], [labels[i].label for i in back])
    better = before is None or after.macro_f1 >= before.macro_f1
    if better:
        say("learning from all of them")
        served = teach(judged.settled, posts, true)
        store.save(directory, field, Kept(served, judged, len(texts), after))
    kept = "new" if better else "old"
    return Report(field, names, len(texts), few, len(back), before, after, kept)


def named(field: str) -> str:
    """The name of a reading, if it can be one; ValueError says what a name may be."""
    if not _name.fullmatch(field):
        raise ValueError(
            f"{field!r} cannot name a reading: letters, digits, spaces, '.', '_', '-', at most 61."
        )
    return field


def _divided(texts: Sequence[str], true: Indices) -> tuple[Indices, Indices]:
    back = kept_back(texts)
    if not back.any() or len(np.unique(true[~back])) < 2:
        raise TooLittleError(f"{len(texts)} texts are too few to hold some back: give more.")
    return np.flatnonzero(back), np.flatnonzero(~back)


def _seen(texts: Sequence[str], say: Callable[[str], None]) -> Posts:
    vectors = []
    for at in range(0, len(texts), BATCH):
        say(f"reading {at:,} of {len(texts):,}")
        vectors.append(embed(texts[at : at + BATCH]))
    return seen(texts, np.concatenate(vectors))


def _before(
    directory: Path, field: str, names: Sequence[str], posts: Posts, true: Sequence[str]
) -> Scores | None:
    """How the reading there is does on the same texts; None where there is none."""
    if not store.path(directory, field).exists():
        return None
    return _scores(store.load(directory, field, JUDGED), names, posts, true)


def _scores(field: Field, names: Sequence[str], posts: Posts, true: Sequence[str]) -> Scores:
    union = sorted({*names, *field.settled.names})
    number = {name: i for i, name in enumerate(union)}
    read, sure = field.read(posts)
    own = np.array([number[name] for name in field.settled.names], np.intp)
    return measure(union, np.array([number[name] for name in true], np.intp), own[read], sure)
