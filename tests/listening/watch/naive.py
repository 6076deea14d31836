"""Watches in the obvious way, one post and one query at a time: what the fast way must equal."""

from collections.abc import Iterator
from typing import NamedTuple

from rejoinder.listening.watch import query
from rejoinder.listening.watch.query import Phrase, Query, Word
from rejoinder.listening.watch.words import tokens


class Post(NamedTuple):
    """A post as watches look at it."""

    text: str
    handle: str = ""
    language: str = ""


class Seen(NamedTuple):
    """A post with its words taken out once."""

    words: list[str]
    author: str
    language: str


def seen(post: Post) -> Seen:
    words = [token.word for token in tokens(post.text)]
    return Seen(words, query.handle(post.handle), post.language[:2].lower())


def catches(each: Query, post: Seen) -> bool:
    """Whether a query catches a post."""
    match each:
        case query.All(parts):
            return all(catches(part, post) for part in parts)
        case query.Any(parts):
            return any(catches(part, post) for part in parts)
        case query.Not(part):
            return not catches(part, post)
        case query.Language() | query.Author():
            return each in (query.Language(post.language), query.Author(post.author))
        case query.Near(left, right, distance):
            pairs = [(a, b) for a in places(left, post) for b in places(right, post)]
            return any(near(a, b, distance) or near(b, a, distance) for a, b in pairs)
    return any(True for _ in places(each, post))


def near(first: tuple[int, int], second: tuple[int, int], distance: int) -> bool:
    """Whether the second stands after the first, at most so many words on."""
    return 1 <= second[0] - first[1] <= distance


def places(each: Query, post: Seen) -> Iterator[tuple[int, int]]:
    """The first and the last word of each place of a word or a phrase."""
    if isinstance(each, query.Any):
        for part in each.parts:
            yield from places(part, post)
        return
    assert isinstance(each, Word | Phrase)
    wanted = each.words if isinstance(each, Phrase) else (each,)
    for at in range(len(post.words) - len(wanted) + 1):
        if all(word.fits(post.words[at + on]) for on, word in enumerate(wanted)):
            yield at, at + len(wanted) - 1
