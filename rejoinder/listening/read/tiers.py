"""The two tiers of reading: a glance at every post, and a careful look at those that matter."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from rejoinder.listening.embedding.embed import LONGEST, embed
from rejoinder.listening.language import languages
from rejoinder.listening.read import heads, tokens
from rejoinder.listening.read.alarming import alarming
from rejoinder.listening.read.decide import URGENT, Decided, decide
from rejoinder.listening.read.folded import folded
from rejoinder.listening.read.grade import grades
from rejoinder.listening.read.heads import Chances, Floats
from rejoinder.listening.read.scan import Found, scan
from rejoinder.listening.read.why import LIKE, why
from rejoinder.listening.read.words import (
    INTENTS,
    NEEDS,
    SAFETY,
    SENTIMENTS,
    Confidence,
    Reading,
    Tier,
)
from rejoinder.privacy.find import Finder
from rejoinder.privacy.find.kinds import Span

BATCH = 4_096  # posts that are read together: enough to pay each step once
TOGETHER = 0.5  # how large two concepts in one post are beside one: there are so many pairs
PARTS = 4  # of a long post: its end says what its beginning does not


class Known(NamedTuple):
    """What somebody found in some texts before they are read, one entry a text."""

    languages: Sequence[tuple[str, float]]
    spans: Sequence[tuple[Span, ...]]

    def part(self, at: int) -> "Known":
        """Of the batch that begins there."""
        return Known(self.languages[at : at + BATCH], self.spans[at : at + BATCH])


def fast(texts: Sequence[str], known: Known | None = None) -> list[Reading]:
    """A reading of each text by its words; by its cues too where its words call for them.

    Nothing of a reading depends on the other texts. Any text can be read, also an empty one.
    """
    known = known or _known(texts)
    starts = range(0, len(texts), BATCH)
    parts = [_fast(texts[at : at + BATCH], known.part(at)) for at in starts]
    return [reading for part in parts for reading in part]


def careful(
    texts: Sequence[str], vectors: Floats | None = None, known: Known | None = None
) -> list[Reading]:
    """A reading of each text by its words, its cues and its meaning.

    `vectors` are what `embed(texts)` gives, for who has them already.
    """
    vectors = embed(texts) if vectors is None else vectors
    known = known or _known(texts)
    starts = range(0, len(texts), BATCH)
    parts = [
        _careful(texts[at : at + BATCH], vectors[at : at + BATCH], known.part(at)) for at in starts
    ]
    return [reading for part in parts for reading in part]


def _fast(texts: Sequence[str], known: Known) -> list[Reading]:
    vocabulary, glance, _ = heads.loaded()
    kept = folded(texts)
    posts, numbers = tokens.words(kept)
    found = scan(kept, alarming(posts, numbers))
    counted = vocabulary.of(posts, numbers, len(kept))
    cued = np.flatnonzero(found.bits.any(axis=1))  # few, so only these are looked at
    chances = glance.chances(counted, seen(found, cued), cued)
    return _readings(known, found, chances, "fast")


def _careful(texts: Sequence[str], vectors: Floats, known: Known) -> list[Reading]:
    vocabulary, _, closely = heads.loaded()
    kept = folded(texts)
    found, counted = scan(kept), vocabulary.counted(kept)
    cues = seen(found)
    chances = closely.chances(counted, np.hstack([cues, vectors]))
    if ends := _ends(texts):
        of = [post for post, _ in ends]
        meant = embed([end for _, end in ends])
        more = closely.chances(counted[of], np.hstack([cues[of], meant]))
        _take_the_worse(chances, more, of)
    return _readings(known, found, chances, "careful")


def seen(found: Found, posts: tokens.Posts | None = None) -> Floats:
    """What the heads see of the cues: posts × (concepts, grades, every two concepts together).

    Of all posts, or of some.
    """
    of = slice(None) if posts is None else posts
    bits = found.bits[of]
    first, second = np.triu_indices(bits.shape[1], 1)
    together = bits[:, first] & bits[:, second]
    return np.hstack([bits, grades(found)[of], TOGETHER * together]).astype(np.float32)


def _ends(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Of each text that is longer than what is read for its meaning: it, and a part after that."""
    return [
        (post, text[at : at + LONGEST])
        for post, text in enumerate(texts)
        if len(text) > LONGEST
        for at in range(LONGEST, min(len(text), PARTS * LONGEST), LONGEST)
    ]


def _take_the_worse(chances: Chances, more: Chances, of: Sequence[int]) -> None:
    """Where a part of a post speaks of more danger than the post so far, it counts."""
    for part, post in enumerate(of):
        if more["need"][part, URGENT] > chances["need"][post, URGENT]:
            chances["need"][post] = more["need"][part]
        if more["relative"][part, 0] > chances["relative"][post, 0]:
            chances["relative"][post] = more["relative"][part]
        if more["safety"][part, 0] < chances["safety"][post, 0]:
            chances["safety"][post] = more["safety"][part]


def _readings(known: Known, found: Found, chances: Chances, tier: Tier) -> list[Reading]:
    graded = grades(found)
    decided = decide(chances, found, graded, tier)
    tell = tier == "careful"
    cued: list[bool] = np.asarray(found.bits.any(axis=1)).tolist()
    columns = zip(*known, *decided.columns(), _sures(chances, decided), strict=True)
    readings = []
    for post, one in enumerate(columns):
        spoken, kinds, need, calm, intent, sentiment, safety, *flags, sures = one
        abuse, strong, sarcasm = flags
        lang, sure = spoken
        readings.append(
            Reading(
                lang=lang,
                sentiment=SENTIMENTS[sentiment],
                intent=INTENTS[intent],
                need=NEEDS[need],
                calm=NEEDS[calm],
                abuse=abuse,
                strong=strong,
                sarcasm=sarcasm,
                safety=SAFETY[safety] if safety >= 0 else None,
                personal=tuple(sorted({span.kind for span in kinds})) if kinds else (),
                confidence=Confidence(sure, *sures),
                why=(
                    why(found, post, graded[post], need, abuse=abuse, tell=tell)
                    if tell or cued[post]
                    else LIKE
                ),
                tier=tier,
            )
        )
    return readings


def _sures(chances: Chances, decided: Decided) -> list[list[float]]:
    """For each post how likely its sentiment, intent and need are right."""
    chosen = (
        ("sentiment", decided.sentiment),
        ("intent", decided.intent),
        ("need", decided.need),
    )
    picked = [np.take_along_axis(chances[name], of[:, None], 1) for name, of in chosen]
    rounded: list[list[float]] = np.hstack(picked).astype(np.float64).round(3).tolist()
    return rounded


def _known(texts: Sequence[str]) -> Known:
    return Known(languages(texts), _finder().find(texts))


@cache
def _finder() -> Finder:
    return Finder()
