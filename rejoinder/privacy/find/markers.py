"""What stands in the place of personal data: its kind, and never how long it was."""

from collections.abc import Sequence

import re2

from rejoinder.privacy.find.kinds import KINDS, Span

OPENS = "[••• "
_MARKS = {kind: f"{OPENS}{words}]" for kind, (words, _) in KINDS.items()}
_KINDS = {mark: kind for kind, mark in _MARKS.items()}
_MARK = re2.compile("|".join(map(re2.escape, _KINDS)))


def mask(text: str, spans: Sequence[Span]) -> str:
    """The text with a marker for each span; spans are sorted and do not overlap."""
    parts = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], _MARKS[span.kind]]
        at = span.end
    return "".join([*parts, text[at:]])


def markers(text: str) -> tuple[Span, ...]:
    """The markers in a masked text, for pages to show in their own way and language."""
    if OPENS not in text:
        return ()
    spans = []
    for mark, kind in _KINDS.items():
        at = text.find(mark)
        while at >= 0:
            spans.append(Span(at, at + len(mark), kind))
            at = text.find(mark, at + len(mark))
    return tuple(sorted(spans, key=lambda span: span.start))
