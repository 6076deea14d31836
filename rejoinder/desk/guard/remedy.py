"""The reply without what the guard found. Pure."""

import re
from collections.abc import Sequence

from rejoinder.desk.guard.kinds import Finding, Kind

HIDDEN = "•••"
# Where the words around it would still say it, the whole sentence goes.
_WITH_SENTENCE = frozenset(
    {
        Kind.HEALTH,
        Kind.ALONE,
        Kind.WHEREABOUTS,
        Kind.APPOINTMENT,
        Kind.SECRET,
        Kind.ASKS_PERSONAL,
    }
)
_END = re.compile(r"[.!?]+\s+|\n+")


def remedied(text: str, findings: Sequence[Finding]) -> str:
    """The text with personal data hidden, and without the sentences and links that must not stand.

    The same text where nothing can be done by cutting.
    """
    cuts = [(one.start, one.end, HIDDEN) for one in findings if one.kind == Kind.PERSONAL]
    cuts += [(one.start, one.end, "") for one in findings if one.kind == Kind.LINK]
    for one in findings:
        if one.kind in _WITH_SENTENCE:
            cuts += [(*_sentence(text, one), "")]
    return _tidy(_cut(text, cuts)) if cuts else text


def _sentence(text: str, one: Finding) -> tuple[int, int]:
    """From the first to the last sentence that a finding touches."""
    ends = [0, *(each.end() for each in _END.finditer(text)), len(text)]
    return (
        max(end for end in ends if end <= one.start),
        min(end for end in ends if end >= one.end),
    )


def _cut(text: str, cuts: Sequence[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, instead in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if start >= at:
            parts += [text[at:start], instead]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _tidy(text: str) -> str:
    return re.sub(r"[^\S\n]{2,}", " ", text).strip()
