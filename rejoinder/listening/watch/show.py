"""What a query would have caught and missed, and where its words stand: for one page."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from rejoinder.listening.watch import query
from rejoinder.listening.watch.cut import Cut
from rejoinder.listening.watch.query import Phrase, Query, Word
from rejoinder.listening.watch.words import Token, tokens

ALIKE = math.log(2)  # a post's words are twice as likely among those caught


def spans(each: Query, text: str) -> list[tuple[int, int]]:
    """Where words and phrases that the query asks for stand, in code points; end exclusive."""
    found = tokens(text)
    places = [place for part in _wanted(each) for place in _places(part, found)]
    return _merged(sorted({(found[a].start, found[b].end) for a, b in places}))


def alike(caught: Sequence[str], others: Sequence[str], most: int) -> list[int]:
    """The numbers of those others that sound most like what was caught, the likest first.

    A word counts by how much more often posts that were caught have it than all posts (the
    logarithm of the ratio, each count one higher); a post by the mean of its words.
    """
    if not caught:
        return []
    said = _words(others)
    inside = Counter(word for words in _words(caught) for word in words)
    outside = Counter(word for words in said for word in words)
    shift = math.log((len(others) + 2) / (len(caught) + 2))
    scores = []
    for number, words in enumerate(said):
        gains = (math.log((inside[w] + 1) / (outside[w] + 1)) + shift for w in words if inside[w])
        score = sum(gains) / max(4, len(words))
        if score >= ALIKE:
            scores.append((-score, number))
    return [number for _, number in sorted(scores)[:most]]


def _wanted(each: Query) -> Iterator[Word | Phrase]:
    match each:
        case Word() | Phrase():
            yield each
        case query.All(parts) | query.Any(parts):
            for part in parts:
                yield from _wanted(part)
        case query.Near(left, right):
            yield from _wanted(left)
            yield from _wanted(right)


def _places(part: Word | Phrase, found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The first and the last word of each place."""
    words = part.words if isinstance(part, Phrase) else (part,)
    for at in range(len(found) - len(words) + 1):
        if all(word.fits(found[at + on].word) for on, word in enumerate(words)):
            yield at, at + len(words) - 1


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _words(texts: Sequence[str]) -> list[set[str]]:
    """The words of each text."""
    cut, found = Cut(texts), [set[str]() for _ in texts]
    text = cut.text()
    numbers = cut.text_of(np.arange(len(cut.start))).tolist()
    for number, start, stop in zip(numbers, cut.start.tolist(), cut.stop.tolist(), strict=True):
        found[number].add(text[start:stop])
    return found
