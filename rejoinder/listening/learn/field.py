"""One more reading of a post, learned from labels: which labels there are, and how to tell them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rejoinder.listening.embedding.embed import Vectors
from rejoinder.listening.learn import judge, meaning, ngrams, trade, words
from rejoinder.listening.learn.folds import FOLDS, folds
from rejoinder.listening.learn.judge import Judge
from rejoinder.listening.learn.meaning import STRENGTHS, Meaning
from rejoinder.listening.learn.measure import confusion, macro_f1
from rejoinder.listening.learn.ngrams import Counts
from rejoinder.listening.learn.tone import tones
from rejoinder.listening.learn.words import Words

Indices = NDArray[np.intp]
Floats = NDArray[np.float32]
Progress = Callable[[str], None]


class Guess(Struct):
    """A label, and the chance that it is right: low for a post unlike any that was learned."""

    label: str
    confidence: float


@dataclass(frozen=True)
class Posts:
    """Posts as a learner sees them: what they say, their n-grams, and their features of meaning."""

    texts: Sequence[str]
    counts: tuple[Counts, Counts]
    features: Floats

    def __getitem__(self, which: Indices) -> "Posts":
        few = [self.texts[i] for i in which]
        return Posts(few, (self.counts[0][which], self.counts[1][which]), self.features[which])


@dataclass(frozen=True)
class Settled:
    """What was found out on folds, and holds for learners that then learn from more."""

    names: tuple[str, ...]
    strength: float  # of the ridge
    judge: Judge


@dataclass(frozen=True)
class Field:
    """A learned reading: what was settled, and the two learners."""

    settled: Settled
    words: Words
    meaning: Meaning

    def read(self, posts: Posts) -> tuple[Indices, NDArray[np.float64]]:
        """For each post the index of its label and the confidence."""
        scores = [self.words.scores(posts.counts), self.meaning.scores(posts.features)]
        return self.settled.judge.decide(scores)

    def guesses(self, posts: Posts) -> list[Guess]:
        """For each post its label and the confidence."""
        labels, sure = self.read(posts)
        return [
            Guess(self.settled.names[i], round(c, 4))
            for i, c in zip(labels.tolist(), sure.tolist(), strict=True)
        ]


def seen(texts: Sequence[str], vectors: Vectors) -> Posts:
    """Posts as learners see them; vectors (n, 512) are what embed(texts) gives."""
    meant = meaning.features(vectors)
    features = np.hstack([meant, tones(texts), trade.known(meant)])
    return Posts(texts, ngrams.counts(texts), features)


def settle(names: Sequence[str], posts: Posts, labels: Indices, progress: Progress) -> Settled:
    """Find out on folds how far to trust which learner; labels are indices into names.

    The learners learn from four folds of five and are asked about the fifth, five times, so that
    the judge sees what they say of posts they do not know.
    """
    each = _weights(labels, len(names))
    fold = folds(posts.texts, labels)
    parts = [meaning.sums(posts.features[fold == i], labels[fold == i], each) for i in range(FOLDS)]
    whole = sum(parts[1:], parts[0])
    by_words = np.zeros((len(labels), len(each)), np.float32)
    by_meaning = {s: np.zeros_like(by_words) for s in STRENGTHS}
    for i, part in enumerate(parts):
        progress(f"fold {i + 1} of {FOLDS}")
        rest, out = np.flatnonzero(fold != i), np.flatnonzero(fold == i)
        if len(out) and len(rest):
            machine = words.learn(posts[rest].counts, labels[rest], each)
            by_words[out] = machine.scores(posts[out].counts)
            for s, said in by_meaning.items():
                said[out] = meaning.solve(whole - part, s).scores(posts.features[out])
    best = max(STRENGTHS, key=lambda s: _f1(labels, by_meaning[s]))
    decided = judge.learn([by_words, by_meaning[best]], labels, len(names))
    return Settled(tuple(names), best, decided)


def teach(settled: Settled, posts: Posts, labels: Indices) -> Field:
    """Let the learners learn from all these posts."""
    each = _weights(labels, len(settled.names))
    means = meaning.solve(meaning.sums(posts.features, labels, each), settled.strength)
    return Field(settled, words.learn(posts.counts, labels, each), means)


def _weights(labels: Indices, size: int) -> Floats:
    """Of each label: the root of its rarity, half-way between posts that count alike and labels."""
    often = np.bincount(labels, minlength=size)
    return np.sqrt(len(labels) / size / np.maximum(often, 1)).astype(np.float32)


def _f1(labels: Indices, scores: Floats) -> float:
    return macro_f1(confusion(labels, scores.argmax(axis=1), scores.shape[1]))
