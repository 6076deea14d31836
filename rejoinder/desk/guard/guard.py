"""Everything that is looked at before a reply leaves, in batches. Pure."""

from collections.abc import Iterator, Sequence

from rejoinder.desk.cues import fold
from rejoinder.desk.guard import asking, links, lives, names, personal, question
from rejoinder.desk.guard.kinds import Finding, Kind, Published, Written
from rejoinder.privacy.find import Finder
from rejoinder.privacy.find.kinds import Span
from rejoinder.privacy.find.patterns import Pattern

_ORDER = {kind: place for place, kind in enumerate(Kind)}


class Guard:
    """Knows what the organisation publishes; `patterns` are those of its account numbers."""

    def __init__(self, published: Published, patterns: Sequence[Pattern] = ()) -> None:
        self._published = published
        self._finder = Finder(patterns, published.contacts)

    def check(self, written: Sequence[Written]) -> list[tuple[Finding, ...]]:
        """For each reply what was found, in the order of `Kind`, then of the text."""
        spans = self._finder.find([one.text for one in written])
        return [
            tuple(sorted(self._found(one, found), key=_place))
            for one, found in zip(written, spans, strict=True)
        ]

    def _found(self, one: Written, spans: Sequence[Span]) -> Iterator[Finding]:
        folded = fold(one.text)
        if one.public:
            yield from personal.found(one, spans, self._published)
            yield from _whole(lives.found(folded))
            yield from asking.in_public(folded)
        yield from asking.secrets(folded)
        yield from links.found(one, folded, self._published.domains)
        yield from names.found(one)
        yield from question.found(one, folded)
        if not one.fits:
            yield Finding(Kind.LENGTH)


def _whole(findings: Iterator[Finding]) -> Iterator[Finding]:
    """One of each kind and place: phrases of one concept may overlap."""
    seen: dict[Kind, int] = {}
    for one in findings:
        if one.start >= seen.get(one.kind, -1):
            seen[one.kind] = one.end
            yield one


def _place(one: Finding) -> tuple[int, int, int]:
    return _ORDER[one.kind], one.start, one.end
