"""Whether a public text is plain: a short list of hints, which never stops anybody. Pure.

Sentences over 25 words are hard for many people (the limit of GOV.UK's style guide). The reading
age is the grade of Flesch and Kincaid (1975) plus five years, for English; syllables are counted
as runs of vowels, which is right for about nine words in ten.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rejoinder.answers.plain_words import ENGLISH, GERMAN, KNOWN

LONGEST_SENTENCE = 25  # words
FEWEST_WORDS = 20  # below, a reading age says nothing
MOST_HINTS = 8

Kind = Literal["long-sentence", "hard-word", "passive", "unexplained"]

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAPITALS = re.compile(r"(?<!\w)[A-Z][A-Z0-9]{1,7}(?!\w)")
_VOWELS = re.compile(r"[aeiouyäöüéè]+", re.IGNORECASE)
_IRREGULAR = (
    "been|begun|broken|built|caught|chosen|cut|done|fixed|found|given|gone|held|hit|kept|known"
    "|lost|made|paid|put|read|said|seen|sent|set|shown|shut|sold|spoken|stolen|taken|told|written"
)
_PASSIVE = {
    "en": re.compile(
        rf"(?<!\w)(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?:\w{{2,20}}ed|{_IRREGULAR})(?!\w)",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"(?<!\w)(?:wird|werden|wurden?|worden)\s[^.!?\n]{0,80}?\b(?:ge\w{2,20}(?:t|en)|\w{2,20}iert)(?!\w)",
        re.IGNORECASE,
    ),
}


def _hard(words: Mapping[str, str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


_WORDS = {"en": ENGLISH, "de": GERMAN}
_HARD = {language: _hard(words) for language, words in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class Hint:
    """One spot, in code points; `instead` is a plainer word, or how many words a sentence has."""

    kind: Kind
    start: int
    end: int
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads: its words, the age that reads it with ease (None: unknown), hints."""

    words: int
    age: int | None
    hints: list[Hint]


def check(text: str, language: str) -> Reading:
    """The text as people will read it. `language` is a tag such as en-gb; hints know en and de."""
    spoken = language.partition("-")[0].lower()
    words = _WORD.findall(text)
    sentences = [found for found in _SENTENCE.finditer(text) if _WORD.search(found.group())]
    hints = sorted(_hints(text, spoken, sentences), key=lambda hint: hint.start)
    age = _age(words, len(sentences)) if spoken == "en" else None
    return Reading(len(words), age, hints[:MOST_HINTS])


def _hints(text: str, spoken: str, sentences: list[re.Match[str]]) -> Iterator[Hint]:
    for sentence in sentences:
        many = len(_WORD.findall(sentence.group()))
        if many > LONGEST_SENTENCE:
            yield Hint("long-sentence", *sentence.span(), str(many))
    if spoken in _HARD:
        yield from _found("hard-word", _HARD[spoken], text, _WORDS[spoken].__getitem__)
        yield from _found("passive", _PASSIVE[spoken], text)
    told = {found.group() for found in _CAPITALS.finditer(text)} - KNOWN
    for capitals in sorted(told):
        at = text.index(capitals)
        if f"({capitals})" not in text:
            yield Hint("unexplained", at, at + len(capitals))


def _found(
    kind: Kind, pattern: re.Pattern[str], text: str, plainer: Callable[[str], str] = lambda _: ""
) -> Iterator[Hint]:
    """Each wording once, where it stands first."""
    seen: set[str] = set()
    for found in pattern.finditer(text):
        word = found.group().lower()
        if word not in seen:
            seen.add(word)
            yield Hint(kind, *found.span(), plainer(word))


def _age(words: list[str], sentences: int) -> int | None:
    if len(words) < FEWEST_WORDS or not sentences:
        return None
    syllables = sum(_syllables(word) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(5, round(grade + 5))


def _syllables(word: str) -> int:
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, len(_VOWELS.findall(word)) - silent)
