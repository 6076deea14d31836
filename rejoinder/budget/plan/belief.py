"""What a mention really needs, given how it was read: a mixture, for reading errs. Pure.

Bayes' rule over the confusion of the reader, measured on posts it did not learn from. The shares of
the day are found from the day's own readings (expectation and maximisation, Saerens et al. 2002,
"Adjusting the outputs of a classifier to new a priori probabilities").
"""

import numpy as np

from rejoinder.budget.plan.situation import COMMON, Floats, Ints
from rejoinder.listening.read.words import NEEDS

MANY = len(NEEDS)
# A mention has no question, one without an answer yet, or one whose answer is published.
NO_QUESTION, ASKED, ANSWERED = range(3)
STATES = 3
# Before a day tells more: shares of needs, and how strongly they are held, in mentions.
SHARES = np.array([0.04, 0.16, 0.50, 0.25, 0.05, 0.005])
HELD = 100.0
RIGHT = np.array([0.90, 0.85, 0.85, 0.85, 0.85, 0.85])
TAKEN_FOR = np.array([0.06, 0.24, 0.35, 0.28, 0.05, 0.02])
WRONG_QUESTION = 0.05  # share of mentions without a common question that are matched to one
ROUNDS = 30


def confusion() -> Floats:
    """How a need (row) is read (column), as far as it is known without a day's corrections."""
    others = np.tile(TAKEN_FOR, (MANY, 1))
    np.fill_diagonal(others, 0)
    others *= (1 - RIGHT)[:, None] / others.sum(axis=1, keepdims=True)
    return np.asarray(others + np.diag(RIGHT))


def true_needs(read: Ints) -> Floats:
    """Shares of true needs for each cell: (need as read, state of its question, true need).

    `read` counts the mentions of the last hours by need as read and whether they have a question.
    """
    known = confusion()
    shares, matched = SHARES / SHARES.sum(), np.full(MANY, WRONG_QUESTION)
    matched[COMMON] = np.clip(read[:, 1].sum() / max(1.0, 0.5 * read.sum()), 0.02, 0.98)
    for _ in range(ROUNDS):
        cell = _posterior(shares, known, matched)
        found = np.einsum("rq,rqk->qk", read, cell)
        total = found.sum(axis=0) + HELD * SHARES / SHARES.sum()
        shares = total / total.sum()
        matched[COMMON] = (found[1, COMMON] + 1) / (found[:, COMMON].sum() + 2)
    cell = _posterior(shares, known, matched)
    return np.stack([cell[:, 0], cell[:, 1], cell[:, 1]], axis=1)


def _posterior(shares: Floats, known: Floats, matched: Floats) -> Floats:
    """(read, has a question, true need): Bayes' rule."""
    question = np.stack([1 - matched, matched])
    joint = (shares[:, None] * known).T[:, None, :] * question[None, :, :]
    return np.asarray(joint / joint.sum(axis=2, keepdims=True))
