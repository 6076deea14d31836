"""Stretches of time as pairs of whole numbers, the end outside: joined, cut, what is between."""

from collections.abc import Iterable
from itertools import pairwise

Span = tuple[int, int]


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time as few stretches, in order; empty ones go."""
    found: list[Span] = []
    for since, until in sorted(span for span in spans if span[0] < span[1]):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        else:
            found.append((since, until))
    return found


def within(spans: Iterable[Span], since: int, until: int) -> list[Span]:
    """Of these stretches what lies from `since` to `until`."""
    return joined((max(begin, since), min(end, until)) for begin, end in spans)


def missing(spans: Iterable[Span], since: int, until: int) -> list[Span]:
    """What of that time they leave out."""
    inside = within(spans, since, until)
    edges = [(since, since), *inside, (until, until)]
    return [(end, begin) for (_, end), (begin, _) in pairwise(edges) if end < begin]
