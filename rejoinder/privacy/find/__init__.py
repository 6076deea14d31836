"""Personal data in texts: a gate that most posts do not pass, and a close look at the others."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import re2

from rejoinder.privacy.find import address, bank, birth, card, mail, name, phone, postcode
from rejoinder.privacy.find import digits as spelled
from rejoinder.privacy.find import national_insurance as insurance
from rejoinder.privacy.find.fold import OPAQUE, UNSEEN, Folded
from rejoinder.privacy.find.kinds import KINDS, Span, apart
from rejoinder.privacy.find.markers import OPENS, markers, mask
from rejoinder.privacy.find.patterns import BadPatternError, Pattern, Patterns

__all__ = [
    "KINDS",
    "BadPatternError",
    "Finder",
    "Pattern",
    "Span",
    "markers",
    "mask",
    "masked",
]

# Where each may be. All of them together are the gate; which of them is asked of few posts.
PATTERNS = (
    spelled.CANDIDATE,
    mail.PATTERN,
    postcode.PATTERN,
    bank.IBAN,
    insurance.PATTERN,
    birth.PATTERN,
    address.PATTERN,
    name.PATTERN,
)
_TOGETHER = 1024  # texts that are searched end to end
_OPENS_FOLDED = OPENS.replace("•", ".").encode()
_MEMORY = 1 << 26  # bytes that an automaton of all patterns may take


class Published(NamedTuple):
    """What the organisation tells everybody: digits of its numbers, its e-mail addresses."""

    numbers: Collection[str]
    addresses: Collection[str]


class Finder:
    """Finds personal data.

    `patterns` are the organisation's, for its account and order numbers. `published` are its own
    phone numbers and e-mail addresses, which stay as they are.
    """

    def __init__(self, patterns: Sequence[Pattern] = (), published: Sequence[str] = ()) -> None:
        self._own = Patterns(patterns)
        self._published = Published(
            {phone.national("".join(filter(str.isdigit, one))) for one in published},
            {one.lower() for one in published},
        )

    def find(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """For each text its spans: sorted, not overlapping, no space at their ends."""
        found: list[tuple[Span, ...]] = []
        for at in range(0, len(texts), _TOGETHER):
            found += self._find(texts[at : at + _TOGETHER])
        return found

    def masked(self, texts: Sequence[str]) -> list[tuple[str, tuple[Span, ...]]]:
        """Each text masked, and the spans that it had."""
        return [
            (mask(text, spans) if spans else text, spans)
            for text, spans in zip(texts, self.find(texts), strict=True)
        ]

    def _find(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        folded = Folded(texts)
        if _OPENS_FOLDED in folded.raw:
            folded = Folded([_without_markers(text) for text in texts])
        found: list[tuple[Span, ...]] = [()] * len(texts)
        for number in range(len(texts)) if self._own else _passing(folded):
            found[number] = self._closely(folded.text(number))
        return found

    def _closely(self, post: str) -> tuple[Span, ...]:
        spans = list(self._own.found(post))
        for which in _set().Match(post) or ():
            spans += _LOOKS[which](post, self._published)
        return apart([_with_unseen(post, span) for span in spans])


def _without_markers(text: str) -> str:
    """What was masked before is opaque: nothing in it counts, and nothing reaches across it."""
    for span in markers(text):
        text = text[: span.start] + OPAQUE * (span.end - span.start) + text[span.end :]
    return text


def _with_unseen(post: str, span: Span) -> Span:
    """What is drawn over the last character, such as the key of a keycap, belongs to it."""
    end = span.end
    while end < len(post) and post[end] == UNSEEN:
        end += 1
    return span if end == span.end else Span(span.start, end, span.kind)


def _passing(folded: Folded) -> Iterator[int]:
    """The texts in which any of the patterns is found."""
    search, starts, at = _gate().search, folded.starts, 0
    while found := search(folded.raw, at):
        number = bisect_right(starts, found.end() - 1) - 1
        yield number
        at = starts[number + 1] - 1  # what stands between is a beginning too


def _numbers(post: str, published: Published) -> Iterable[Span]:
    """Cards, bank details and phones, whose digits are read once."""
    runs = list(spelled.runs(post))
    yield from bank.accounts(post, runs)
    for run in runs:
        yield from card.cards(post, run)
        yield from phone.phones(post, run, published.numbers)


_LOOKS: tuple[Callable[[str, Published], Iterable[Span]], ...] = (
    _numbers,
    lambda post, published: mail.emails(post, published.addresses),
    lambda post, _: postcode.postcodes(post),
    lambda post, _: bank.ibans(post),
    lambda post, _: insurance.numbers(post),
    lambda post, _: birth.births(post),
    lambda post, _: address.addresses(post),
    lambda post, _: name.names(post),
)


@cache
def _gate() -> "re2._Regexp":
    return re2.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), _options())


@cache
def _set() -> re2.Set:
    patterns = re2.Set.SearchSet(_options())
    for pattern in PATTERNS:
        patterns.Add(pattern)
    patterns.Compile()
    return patterns


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = _MEMORY
    return options


_FINDER = Finder()


def masked(text: str, longest: int | None = None) -> str:
    """One text with personal data hidden; then cut, so that no half of a number is left over."""
    return _FINDER.masked([text])[0][0][:longest]
