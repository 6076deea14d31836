"""The words without which a query catches nothing: where none occurred it need not be asked."""

from rejoinder.listening.watch import query
from rejoinder.listening.watch.evaluate import Leaves, plain, words_together
from rejoinder.listening.watch.query import Query, Word


def needed(each: Query, leaves: Leaves) -> set[int] | None:
    """Leaves of which a post caught meets at least one; None if it may meet none."""
    if (words := plain(each)) is not None:
        return {leaves.number(words)}
    match each:
        case query.Phrase(words=(*several,)):
            return {leaves.number(frozenset((max(several, key=_rarity),)))}
        case query.Near(left, right):
            return _rarest([needed(left, leaves), needed(right, leaves)], leaves)
        case query.All(parts):
            return _rarest([needed(part, leaves) for part in parts], leaves)
        case query.Any():
            return _union([needed(part, leaves) for part in words_together(each)])
    return None


def _union(choices: list[set[int] | None]) -> set[int] | None:
    known = [choice for choice in choices if choice is not None]
    return set().union(*known) if len(known) == len(choices) else None


def _rarest(choices: list[set[int] | None], leaves: Leaves) -> set[int] | None:
    known = [choice for choice in choices if choice is not None]
    return max(known, key=lambda choice: _rarity_of(choice, leaves), default=None)


def _rarity_of(choice: set[int], leaves: Leaves) -> float:
    """How seldom any of these occurs: as seldom as the commonest, and less for each more."""
    words = [word for leaf in choice for word in leaves.words[leaf]]
    return min(map(_rarity, words)) / len(words)


def _rarity(word: Word) -> float:
    """Long words are rare, beginnings and misspellings stand for many."""
    return len(word.text) / (2 if word.starts or word.edits else 1)
