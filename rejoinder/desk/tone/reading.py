"""Words of the trade, and how hard a text is to read. Pure."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from rejoinder.desk.cues import CAP, Folded, fold
from rejoinder.desk.tone.kinds import Hint, Kind, Spoken
from rejoinder.desk.tone.say import language

# LIX (Björnsson 1968): words a sentence plus the share of words over six letters, in percent.
# Papers stand at 40 to 50, official texts above 60; German words are longer, so is its threshold.
LIX = {"en": 62.0, "de": 74.0}
FEW = 15  # words; a shorter text has no reading level
_LONG = 6  # letters
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCES = re.compile(r"[.!?:;\n]+(?=\s|$)")
_LINKS = re.compile(r"(?:https?://|www\.)\S+|@\S+")


def found(one: Spoken, folded: Folded) -> Iterator[Hint]:
    """Hints on what is hard to read."""
    said = set(_terms(" ".join(one.said)).values())
    for place, term in _terms(one.text).items():
        if term not in said:
            yield Hint(Kind.JARGON, place, place + len(term), term, plain()[term])
    if lix(one.text) > LIX[language(one.text)]:
        yield Hint(Kind.HARD)


def lix(text: str) -> float:
    """How hard a text is to read; 0 where it is too short to say."""
    bare = _LINKS.sub(" ", text[:CAP])
    words = _WORD.findall(bare)
    if len(words) < FEW:
        return 0.0
    sentences = sum(1 for part in _SENTENCES.split(bare) if _WORD.search(part))
    long = sum(1 for word in words if len(word) > _LONG)
    return len(words) / max(1, sentences) + 100 * long / len(words)


@cache
def plain() -> Mapping[str, str]:
    """Each word of the trade and what to say instead."""
    file = resources.files(__package__) / "cues" / "jargon.toml"
    terms: Mapping[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))["terms"]
    return terms


def _terms(text: str) -> dict[int, str]:
    """Where words of the trade stand. They are spelt in ASCII, so a letter is a letter."""
    folded = fold(text)
    return {
        folded.places[found.start()]: found[0]
        for found in re.finditer(r"[a-z0-9]+", folded.text)
        if found[0] in plain()
    }
