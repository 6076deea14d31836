"""Account, order and reference numbers, by patterns that the organisation gives."""

from collections.abc import Iterator, Sequence

import re2
from msgspec import Struct

from rejoinder.privacy.find.kinds import ACCOUNT, KINDS, Span

LONGEST = 300  # characters of a pattern
_MEMORY = 1 << 20  # bytes that one may take; RE2 never backtracks, so time is linear


class BadPatternError(ValueError):
    """A pattern that cannot be used; the message says why."""


class Pattern(Struct, frozen=True):
    """What such a number looks like, in RE2's language: `NW-[0-9]{8}`.

    It is looked for in the text with accents, wide digits and the like folded to ASCII. Small and
    capital letters differ unless it begins with `(?i)`.
    """

    expression: str
    kind: str = ACCOUNT


class Patterns:
    """Some patterns, compiled; BadPatternError names the first that cannot be used."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._compiled = [(_compiled(pattern), pattern.kind) for pattern in patterns]

    def __bool__(self) -> bool:
        return bool(self._compiled)

    def found(self, post: str) -> Iterator[Span]:
        """Where they match something other than space."""
        for expression, kind in self._compiled:
            for found in expression.finditer(post):
                said = found.group()
                start = found.start() + len(said) - len(said.lstrip())
                if said.strip():
                    yield Span(start, start + len(said.strip()), kind)


def _compiled(pattern: Pattern) -> "re2._Regexp":
    if pattern.kind not in KINDS:
        raise BadPatternError(f"There is no kind '{pattern.kind}'. There are: {', '.join(KINDS)}.")
    if not 0 < len(pattern.expression) <= LONGEST:
        raise BadPatternError(f"A pattern has 1 to {LONGEST} characters.")
    options = re2.Options()
    options.max_mem, options.log_errors = _MEMORY, False
    try:
        return re2.compile(pattern.expression, options)
    except (re2.error, UnicodeEncodeError) as error:
        raise BadPatternError(f"'{pattern.expression}' is no pattern: {error}.") from None
