"""A query as functions from a batch to the posts it catches, and to the places of its words."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.watch import query
from rejoinder.listening.watch.batch import Batch
from rejoinder.listening.watch.cut import Ints
from rejoinder.listening.watch.query import Query, Word

Evaluate: TypeAlias = Callable[[Batch], int]
Places: TypeAlias = Callable[[Batch], tuple[Ints, Ints]]  # first word, word after the last; sorted


class Leaves:
    """The sets of words that watches ask for; equal ones share a number unless made by `new`."""

    def __init__(self) -> None:
        self.words: list[frozenset[Word]] = []
        self._numbers: dict[frozenset[Word], int] = {}

    def new(self, words: frozenset[Word]) -> int:
        self.words.append(words)
        return len(self.words) - 1

    def number(self, words: frozenset[Word]) -> int:
        if words not in self._numbers:
            self._numbers[words] = self.new(words)
        return self._numbers[words]


def plain(each: Query) -> frozenset[Word] | None:
    """The words of a query that is nothing but words joined by OR."""
    parts = each.parts if isinstance(each, query.Any) else (each,)
    words = frozenset(part for part in parts if isinstance(part, Word))
    return words if all(isinstance(part, Word) for part in parts) else None


def evaluator(each: Query, leaves: Leaves) -> Evaluate:
    """The function that finds the posts of a batch which the query catches."""
    if (words := plain(each)) is not None:
        leaf = leaves.number(words)
        return lambda batch: batch.met_by(leaf)
    match each:
        case query.Language(code):
            return lambda batch: batch.written_in(code)
        case query.Author(author):
            return lambda batch: batch.written_by(author)
        case query.Near():
            return _near(each, leaves)
        case query.All() | query.Any() | query.Not():
            return _joined(each, leaves)
    return _phrase(each, leaves)


def _joined(each: query.All | query.Any | query.Not, leaves: Leaves) -> Evaluate:
    match each:
        case query.All(parts):
            return _all([evaluator(part, leaves) for part in _cheapest_first(parts)])
        case query.Any():
            return _any([evaluator(part, leaves) for part in words_together(each)])
    inner = evaluator(each.part, leaves)
    return lambda batch: batch.every & ~inner(batch)


def _all(parts: list[Evaluate]) -> Evaluate:
    def evaluate(batch: Batch) -> int:
        found = batch.every
        for part in parts:
            found &= part(batch)
            if not found:
                break
        return found

    return evaluate


def _any(parts: list[Evaluate]) -> Evaluate:
    def evaluate(batch: Batch) -> int:
        found = 0
        for part in parts:
            found |= part(batch)
        return found

    return evaluate


def _phrase(each: Query, leaves: Leaves) -> Evaluate:
    places = _places(each, leaves)

    def evaluate(batch: Batch) -> int:
        first, _ = places(batch)
        return batch.holding(first) if len(first) else 0

    return evaluate


def _near(each: query.Near, leaves: Leaves) -> Evaluate:
    left, right = _places(each.left, leaves), _places(each.right, leaves)

    def evaluate(batch: Batch) -> int:
        (start, stop), (other_start, other_stop) = left(batch), right(batch)
        return _followed(batch, stop, other_start, each.distance) | _followed(
            batch, other_stop, start, each.distance
        )

    return evaluate


def _followed(batch: Batch, stops: Ints, starts: Ints, distance: int) -> int:
    """The posts in which something starts within the distance after something else stops."""
    if not len(stops) or not len(starts):
        return 0
    following = np.append(starts, np.iinfo(np.int64).max)[np.searchsorted(starts, stops)]
    # The word after the last is one on, so that side by side is a distance of 1.
    close = stops[following - stops < distance]
    return batch.holding(close - 1) if len(close) else 0


def _places(each: Query, leaves: Leaves) -> Places:
    """Where words, phrases, or some of them joined by OR stand."""
    if (words := plain(each)) is not None:
        leaf = leaves.number(words)
        return lambda batch: (batch.places(leaf), batch.places(leaf) + 1)
    if isinstance(each, query.Any):
        return _either([_places(part, leaves) for part in words_together(each)])
    if not isinstance(each, query.Phrase):
        raise TypeError(each)
    numbers = [leaves.number(frozenset((word,))) for word in each.words]

    def places(batch: Batch) -> tuple[Ints, Ints]:
        found = batch.places(numbers[0])
        for on, leaf in enumerate(numbers[1:], 1):
            if not len(found):
                break
            found = found[_among(found + on, batch.places(leaf))]
        return found, found + len(numbers)

    return places


def _among(values: Ints, places: Ints) -> NDArray[np.bool_]:
    """Which values are among the places; both ascend. Less to set up than numpy.isin."""
    if not len(places):
        return np.zeros(len(values), np.bool_)
    found: NDArray[np.bool_] = places[np.searchsorted(places[:-1], values)] == values
    return found


def _either(parts: list[Places]) -> Places:
    def places(batch: Batch) -> tuple[Ints, Ints]:
        found = [part(batch) for part in parts]
        starts, stops = (np.concatenate(some) for some in zip(*found, strict=True))
        return np.sort(starts), np.sort(stops)

    return places


def words_together(each: query.Any) -> Iterator[Query]:
    """The words among the parts as one part, then the others."""
    words = [part for part in each.parts if isinstance(part, Word)]
    if words:
        yield query.either(list(words))
    yield from (part for part in each.parts if not isinstance(part, Word))


def _cheapest_first(parts: Sequence[Query]) -> list[Query]:
    return sorted(parts, key=lambda part: not isinstance(part, Word | query.Language))
