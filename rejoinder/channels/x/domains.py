"""Where domain names stand in a text, as X's twitter-text 3 finds them. Pure.

A domain is one by its ending. One pass, without backtracking: time grows with the length of a text,
whatever it says.
"""

import json
import re
from collections.abc import Iterator
from importlib import resources

from msgspec import Struct

SPACE = "\x09-\x0d\x20\x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
INVALID = "\ufffe\ufeff\uffff"
DIRECTION = "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
LATIN = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f"
    "\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_SIGNS = r"!'#%&()*+,\\/:;<=>?@\[\]\^{|}~$"
_LETTER = re.compile(rf"[^{_SIGNS}\-._{SPACE}{INVALID}{DIRECTION}]")
_RUN = re.compile(rf"[^{_SIGNS}{SPACE}{INVALID}{DIRECTION}]+")  # letters, hyphens, dots, low lines
_NO_START = re.compile(rf"[A-Za-z0-9@＠$#＃{INVALID}]")  # before it nothing begins
_SCHEME = re.compile("https?://$", re.IGNORECASE)
_PUNYCODE = re.compile("xn--[-0-9a-z]+", re.IGNORECASE)
_GOES_ON = re.compile("[0-9a-zA-Z@+-]")  # after an ending, these say that it is none
_TYPED = re.compile(rf"(?:[-a-zA-Z0-9{LATIN}]++\.)++")  # on any keyboard

_ENDINGS = frozenset(json.loads(resources.files(__package__).joinpath("endings.json").read_text()))
_LENGTHS = sorted({len(ending) for ending in _ENDINGS}, reverse=True)


class Domain(Struct):
    """A domain, in code points; `scheme` is where https:// begins, None when there is none."""

    start: int
    end: int
    scheme: int | None


class Domains:
    """The domains of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        dots = (match.start() for match in re.finditer(r"\.(?=[^\W\d_])", text))
        self._ends = {dot: end for dot in dots if (end := _ending(text, dot + 1))}

    def after(self, at: int) -> Domain | None:
        """The first that begins at `at` or later, where a link before it ended."""
        if not self._ends:
            return None
        for run in _RUN.finditer(self._text, at):
            if found := self._in_run(at, run.start(), run.end()):
                return found
        return None

    def typed(self, domain: Domain) -> Iterator[tuple[int, int]]:
        """The parts of a domain that could be typed on any keyboard."""
        at = domain.start
        while chain := _TYPED.search(self._text, at, domain.end):
            at = chain.end()
            dot = self._last_dot(chain.start(), chain.end())
            if dot is not None:
                at = self._ends[dot]
                yield chain.start(), at

    def _last_dot(self, start: int, end: int) -> int | None:
        dots = (at for at in range(end - 1, start, -1) if at in self._ends)
        return next(dots, None)

    def _in_run(self, at: int, start: int, end: int) -> Domain | None:
        """The first in a run that has no spaces or signs."""
        labels = self._labels(start, end)
        reach = self._reach(labels)
        for (first, dot), further in zip(labels, reach[1:], strict=True):
            if dot == first or not _LETTER.match(self._text[dot - 1]):
                continue  # no label ends like this
            for begin in self._begins(at, first, dot):
                reached = further or self._own(begin, dot)
                if reached:
                    return Domain(begin, reached, self._scheme(at, begin, start))
        return None

    def _labels(self, start: int, end: int) -> list[tuple[int, int]]:
        """Start and dot of each label; what is after the last dot is none."""
        labels = []
        while (dot := self._text.find(".", start, end)) >= 0:
            labels.append((start, dot))
            start = dot + 1
        return labels

    def _reach(self, labels: list[tuple[int, int]]) -> list[int | None]:
        """Where the longest domain ends that has each label whole; None after the last."""
        reach: list[int | None] = [None]
        for first, dot in reversed(labels):
            label = self._text[first:dot]
            whole = label and _LETTER.match(label[0]) and _LETTER.match(label[-1])
            reach.append((reach[-1] or self._own(first, dot)) if whole else None)
        return reach[::-1]

    def _own(self, first: int, dot: int) -> int | None:
        """Where a domain ends that has this label before its ending."""
        return None if "_" in self._text[first:dot] else self._ends.get(dot)

    def _begins(self, at: int, first: int, dot: int) -> Iterator[int]:
        """Where a label may begin: at its first letter, and after its last low line."""
        text, low = self._text, self._text.rfind("_", first, dot)
        if first == 0 and dot > 1 and not _NO_START.match(text) and _LETTER.match(text[1]):
            yield 1  # what may stand before a link is rather before it than in it
        for begin in (first, low + 1) if low >= 0 else (first,):
            places = range(begin, dot)
            fits = (p for p in places if _LETTER.match(text[p]) and self._free(at, p))
            if (place := next(fits, None)) is not None:
                yield place

    def _free(self, at: int, place: int) -> bool:
        """Whether a link may begin here: what is before it belongs to no word and no link."""
        if place == 0:
            return True
        if self._scheme(at, place, place) is not None:
            return True
        return place > at and not _NO_START.match(self._text[place - 1])

    def _scheme(self, at: int, place: int, run: int) -> int | None:
        """Where the scheme before a place begins, if there is one and nothing before it."""
        if place != run:
            return None
        match = _SCHEME.search(self._text, max(at, place - 8), place)
        if match is None:
            return None
        free = match.start() == 0 or (
            match.start() > at and not _NO_START.match(self._text[match.start() - 1])
        )
        return match.start() if free else None


def _ending(text: str, at: int) -> int:
    """Where the ending of a domain ends that begins here; 0 when none does."""
    for length in _LENGTHS:
        end = at + length
        known = end <= len(text) and text[at:end].lower() in _ENDINGS
        if known and not _GOES_ON.match(text[end : end + 1]):
            return end
    punycode = _PUNYCODE.match(text, at)
    return punycode.end() if punycode else 0
