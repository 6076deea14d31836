"""In which language a post is written, with the chance that this is so.

A table of n-grams in sixty languages decides in microseconds; where it is at a loss, a second
reader is asked that also knows Welsh, Irish, Indonesian, Afrikaans, Swahili and others. A post of a
few words that fits several languages is taken for the one the organisation's people write.
"""

import math
import re
from collections.abc import Sequence
from functools import cache
from operator import mul
from typing import Any, NamedTuple

UNKNOWN = "und"  # no word was found to judge by (ISO 639-2, "undetermined")
EXPECTED = "en"
LONGEST = 300  # characters that are read
AT_A_LOSS = 0.7  # a best score below it
ENOUGH = 12  # letters the second reader needs
CONVINCED = 0.6  # the chance from which the second reader is believed
CERTAIN = 0.95  # the same, against the language that is expected
FEW = 40  # letters; with fewer a post may be taken for the expected language
LEANING = 0.25  # what the expected language may score less, in a post without a letter
TWINS = {"ms", "bg", "nl"}  # what the first reader calls Indonesian, Macedonian, Afrikaans
NAMED_ELSEWHERE = {"no": "nb"}  # Norwegian is nearly always written as Bokmål

DOUBT = 0.5  # a confidence below it, in a few words of plain letters: the expected language

# A logistic regression over the best score, its lead, and the logarithm of the letters, fitted on
# one half of word pairs and sentences in the languages the first reader knows; over the second
# reader's chance, in all 75. The other half is in the benchmark.
SURE = (-9.6, 9.5, 9.0, 0.96)
SURE_SECOND = (-6.3, 9.95)

# Links, handles, tags, entities and RT: looked for behind the letters that they begin with.
_address = re.compile(
    r"[@#&hHwWrR](?:(?<=[@#])\w+|(?<=&)\w+;|(?<=[hH])[tT][tT][pP][sS]?://\S+"
    r"|(?<=[wW])[wW][wW]\.\S+|(?<=\b[rR])[tT]\b)"
)
_unsaid = re.compile(r"[^\w\s'’-]|[\d_\0\ud800-\udfff]")
_PLAIN = "".join(c if c.isalpha() or c in "'-" else " " for c in map(chr, range(128)))


class _Found(NamedTuple):
    code: str
    best: float
    lead: float


def languages(
    texts: Sequence[str], hints: Sequence[str | None] | None = None, expected: str = EXPECTED
) -> list[tuple[str, float]]:
    """For each text the ISO 639-1 code and a confidence; ("und", 0.0) where no word stands.

    hints: what each post's platform says it is, if anything; it counts as expected there.
    """
    declared = hints or [None] * len(texts)
    return [_language(text, hint or expected) for text, hint in zip(texts, declared, strict=True)]


def worded(text: str) -> str:
    """The words of a post, without handles, tags, links, emoji, marks and digits."""
    said = _address.sub(" ", text[: 4 * LONGEST])
    # For plain letters a table does the same, sooner.
    kept = said.translate(_PLAIN) if said.isascii() else _unsaid.sub(" ", said)
    return " ".join(kept.split())[:LONGEST]


def _language(text: str, expected: str) -> tuple[str, float]:
    words = worded(text)
    if not words:
        return UNKNOWN, 0.0
    found = _first(words, expected)
    lost = found.best < AT_A_LOSS or found.code in TWINS
    if lost and len(words) >= ENOUGH:
        code, chance = _second(words)
        if chance > (CERTAIN if found.code == expected else CONVINCED):
            return code, _sure(SURE_SECOND, chance)
    if found.code == UNKNOWN:
        return UNKNOWN, 0.0
    sure = _sure(SURE, found.best, found.lead, math.log(len(words)))
    plain = len(words) < FEW and words.isascii()
    return (expected if plain and sure < DOUBT else found.code), sure


def _first(words: str, expected: str) -> _Found:
    """The best of sixty; the expected one gets a start that a longer post makes up for."""
    start = LEANING * max(0.0, 1 - len(words) / FEW)
    code, best, second = UNKNOWN, 0.0, 0.0
    for named, score in _table().detect_details(words).scores.items():
        scored = score + start if NAMED_ELSEWHERE.get(named, named) == expected else score
        if code == UNKNOWN or scored > best:
            code, best, second = named, scored, best
        elif scored > second:
            second = scored
    return _Found(NAMED_ELSEWHERE.get(code, code), best, best - second)


def _second(words: str) -> tuple[str, float]:
    """What the second reader says, if the first does not know the language; else chance 0."""
    code, chance = _other().classify(words)
    known = NAMED_ELSEWHERE.get(code, code) in _known()
    return code, 0.0 if known else float(chance)


def _sure(weights: Sequence[float], *grounds: float) -> float:
    odds = weights[0] + sum(map(mul, weights[1:], grounds))
    return round(1 / (1 + math.exp(-odds)), 4)


@cache
def _table() -> Any:
    import eldc

    eldc.init()
    table = eldc.instance()
    table.set_scores(20)
    return table


@cache
def _known() -> frozenset[str]:
    import eldc

    _table()
    return frozenset(NAMED_ELSEWHERE.get(code, code) for code in eldc.LANGUAGES)


@cache
def _other() -> Any:
    from importlib.resources import files

    from py3langid.langid import LanguageIdentifier

    model = files("py3langid") / "data" / "model.npz.xz"
    return LanguageIdentifier.from_model_file(str(model), norm_probs=True)
