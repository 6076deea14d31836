"""What is owed to people: an apology where we failed, a time with a promise, new words. Pure."""

import re
from collections.abc import Iterator

from rejoinder.desk.cues import CAP, Folded, Place, cues
from rejoinder.desk.tone.kinds import Hint, Kind, Spoken
from rejoinder.desk.tone.say import language, sorry

ALIKE = 0.8  # of the words of two texts, from here on they say the same (Jaccard)
FEW = 5  # words; shorter replies are alike by themselves
_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(r"\w+")


def found(one: Spoken, folded: Folded) -> Iterator[Hint]:
    """Hints on what is missing."""
    known = cues(__package__, "owed")
    failed = next(known.places("failed", folded), None)
    if failed and not known.has("sorry", folded):
        words = one.text[failed.start : failed.end]
        yield Hint(Kind.APOLOGY, 0, 0, words, sorry(language(one.text)))
    for place in _promises(folded):
        words = one.text[place.start : place.end].strip()
        yield Hint(Kind.PROMISE, place.start, place.end, words)
    if any(_alike(one.text, earlier) for earlier in one.earlier):
        yield Hint(Kind.AGAIN)


def _promises(folded: Folded) -> Iterator[Place]:
    """Sentences that promise, with no time in them and nothing that the person is to do first."""
    known = cues(__package__, "owed")
    for sentence in _SENTENCE.finditer(folded.text):
        part = Folded(sentence[0], folded.places[sentence.start() : sentence.end() + 1])
        promise = next(known.places("promise", part), None)
        if promise and not known.has("time", part) and not known.has("first", part):
            yield promise


def _alike(text: str, other: str) -> bool:
    ours, theirs = _words(text), _words(other)
    return len(ours) >= FEW and len(ours & theirs) >= ALIKE * len(ours | theirs)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text[:CAP].casefold()))
