"""What speaks for the likeliest question of a post, as numbers a confidence is learned from."""

from typing import NamedTuple

import numpy as np

from rejoinder.listening.alike.arrays import Floats, Whole
from rejoinder.listening.alike.exemplars import Exemplars
from rejoinder.listening.alike.lexicon import SIZE, Lexicon, Words
from rejoinder.listening.alike.questions import Questions

CANDIDATES = 6  # questions of a post that are looked at closely
# A conditional logit over the candidates of a post, fitted once on a stream of HWU64. Likelihoods
# count for little each: dimensions are not as independent as the model takes them.
LIKELY, OFTEN, WORDS, NEAR, COSINE = 0.04, -0.8, 0.055, 6.0, 4.0
APART = 0.3  # the cosine of posts that have nothing in common
FEATURES = 12
OVER_NEW = 2  # the feature: how far above a question never asked before, in logs


class Evidence(NamedTuple):
    """`best` (n,) rows of questions, `features` (n, FEATURES)."""

    best: Whole
    features: Floats


def weigh(
    questions: Questions, exemplars: Exemplars, lexicon: Lexicon, vectors: Floats, words: Words
) -> Evidence:
    """The likeliest question of each post, and what speaks for it; at least one is learned."""
    likely = questions.log_likelihoods(vectors)
    counts = questions.counts[: len(questions.names)]
    often = np.log(np.maximum(counts, 1)).astype(np.float32)
    cosine = questions.cosines(vectors)
    scores = LIKELY * likely[:, :-1] + OFTEN * often + COSINE * cosine
    unasked = LIKELY * likely[:, -1] + (COSINE + NEAR) * APART
    every = np.arange(len(scores))[:, None]
    chosen = _highest(scores)
    near = exemplars.nearest(vectors, chosen)
    told = lexicon.ratios(words, chosen)
    cosine = cosine[every, chosen]
    joint = scores[every, chosen] + WORDS * told + NEAR * near
    order = np.argsort(-joint, axis=1, kind="stable")
    best = chosen[every[:, 0], order[:, 0]]
    joint, near, told, cosine = (values[every, order] for values in (joint, near, told, cosine))
    share = _share(joint, unasked)
    spoken = np.maximum((words < SIZE).sum(axis=1), 1)
    features = [
        np.log(share + 1e-6) - np.log(1 - share + 1e-6),
        _margin(joint, unasked),
        joint[:, 0] - unasked,
        near[:, 0],
        _margin(near, APART),
        cosine[:, 0],
        _margin(cosine, APART),
        np.log(counts[best]),
        np.full(len(best), np.log(max(questions.labels, 1))),
        _margin(told, 0.0),
        told[:, 0] / spoken,
        told[:, 0],
    ]
    return Evidence(best, np.stack(features, axis=1).astype(np.float32))


def _highest(scores: Floats) -> Whole:
    """(n, c): the rows of the highest scores, in no order."""
    most = min(CANDIDATES, scores.shape[1])
    return np.argpartition(-scores, most - 1, axis=1)[:, :most]


def _share(joint: Floats, unasked: Floats) -> Floats:
    """(n,): the posterior of the first, a question never asked before among the others."""
    everything = np.column_stack([joint, unasked])
    grown = np.exp(everything - everything.max(axis=1, keepdims=True))
    share: Floats = grown[:, 0] / grown.sum(axis=1)
    return share


def _margin(values: Floats, alone: Floats | float) -> Floats:
    """(n,): how far the first is above the best other, or above `alone` without others."""
    if values.shape[1] == 1:
        above: Floats = values[:, 0] - alone
        return above
    margin: Floats = np.minimum(values[:, 0] - values[:, 1:].max(axis=1), 20)
    return margin
