"""The two tiers of reading: a glance at every post, and a careful look at those that matter."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from rejoinder.listening.embed import LONGEST, embed
from rejoinder.listening.read import heads
from rejoinder.listening.read.decide import URGENT, Decided, decide
from rejoinder.listening.read.folded import folded
from rejoinder.listening.read.grade import grades
from rejoinder.listening.read.heads import Chances, Floats
from rejoinder.listening.read.scan import Bits, Found, scan
from rejoinder.listening.read.why import why
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

BATCH = 4_096  # posts that are read together: enough to pay each step once
GLANCE = 0.03  # of danger, contempt or swearing: from this chance on the cues are looked for
PARTS = 4  # of a long post: its end says what its beginning does not


def fast(texts: Sequence[str]) -> list[Reading]:
    """A reading of each text by its words; by its cues too where its words call for them.

    Nothing of a reading depends on the other texts. Any text can be read, also an empty one.
    """
    return _batched(_fast, texts)


def careful(texts: Sequence[str], vectors: Floats | None = None) -> list[Reading]:
    """A reading of each text by its words, its cues and its meaning.

    `vectors` are what `embed(texts)` gives, for who has them already.
    """
    if vectors is None:
        return _batched(lambda some: _careful(some, embed(some)), texts)
    return _careful(texts, vectors)


def _batched(read: Callable[[Sequence[str]], list[Reading]], texts: Sequence[str]) -> list[Reading]:
    starts = range(0, len(texts), BATCH)
    return [one for at in starts for one in read(texts[at : at + BATCH])]


def _fast(texts: Sequence[str]) -> list[Reading]:
    vocabulary, glance, _ = heads.loaded()
    kept = folded(texts)
    chances = glance.chances(vocabulary.counted(kept))
    found = scan(kept, np.flatnonzero(_close(chances)))
    return _readings(texts, found, chances, "fast")


def _careful(texts: Sequence[str], vectors: Floats) -> list[Reading]:
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
    return _readings(texts, found, chances, "careful")


def seen(found: Found) -> Floats:
    """What the careful heads see of the cues: posts × (concepts, grades)."""
    return np.hstack([found.bits, grades(found)]).astype(np.float32)


def _close(chances: Chances) -> Bits:
    """Where a glance is not enough."""
    danger = np.maximum(chances["need"][:, URGENT], 1 - chances["safety"][:, 0])
    contempt = np.maximum(chances["abuse"][:, 0], chances["strong"][:, 0])
    return np.asarray(np.maximum(danger, contempt) >= GLANCE)


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
        if more["safety"][part, 0] < chances["safety"][post, 0]:
            chances["safety"][post] = more["safety"][part]


def _readings(texts: Sequence[str], found: Found, chances: Chances, tier: Tier) -> list[Reading]:
    graded = grades(found)
    insults = found["abuse"] & ~found["insult_service"]
    decided = decide(chances, graded, insults, found["strong"], tier)
    return [
        Reading(
            lang=lang,
            sentiment=SENTIMENTS[sentiment],
            intent=INTENTS[intent],
            need=NEEDS[need],
            abuse=abuse,
            strong=strong,
            sarcasm=sarcasm,
            safety=SAFETY[safety] if safety >= 0 else None,
            personal=tuple(sorted({span.kind for span in spans})) if spans else (),
            confidence=Confidence(sure, *sures),
            why=why(found, post, graded[post], need, abuse=abuse),
            tier=tier,
        )
        for post, (
            (lang, sure),
            spans,
            need,
            intent,
            sentiment,
            safety,
            abuse,
            strong,
            sarcasm,
            sures,
        ) in enumerate(
            zip(
                languages(texts),
                _finder().find(texts),
                *decided.columns(),
                _sures(chances, decided),
                strict=True,
            )
        )
    ]


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


def languages(texts: Sequence[str]) -> list[tuple[str, float]]:
    """Undetermined, as ISO 639-2 says it."""
    return [("und", 0.0)] * len(texts)


@cache
def _finder() -> Finder:
    return Finder()
