"""A watch's query as a tree. `str` writes it in one canonical way, which `parse` reads back.

Precedence, the tightest first: NOT, NEAR, AND, OR.
"""

from dataclasses import dataclass
from typing import TypeAlias

from rejoinder.listening.watch.edits import within
from rejoinder.listening.watch.words import read


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word; `sign` is #, @ or nothing.

    With `starts`, words that begin so; with `edits`, words that differ by at most so many letters.
    """

    text: str
    sign: str = ""
    starts: bool = False
    edits: int = 0

    def __str__(self) -> str:
        end = "*" if self.starts else f"~{self.edits}" if self.edits else ""
        return f"{self.sign}{self.text}{end}"

    def fits(self, word: str) -> bool:
        """Whether a word of a text is this one. A sign that is not asked for does not matter."""
        sign, bodies = read(word)
        return self.sign in ("", sign) and any(map(self._fits, bodies))

    def _fits(self, body: str) -> bool:
        if self.starts:
            return body.startswith(self.text)
        return body == self.text or (bool(self.edits) and within(body, self.text, self.edits))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in this order. Two or more."""

    words: tuple[Word, ...]

    def __str__(self) -> str:
        return '"' + " ".join(map(str, self.words)) + '"'


@dataclass(frozen=True, slots=True)
class Language:
    """Posts in a language: the first part of a BCP 47 tag, in lower case."""

    code: str

    def __str__(self) -> str:
        return f"lang:{self.code}"


@dataclass(frozen=True, slots=True)
class Author:
    """Posts by an account: its handle in lower case, without the first @."""

    handle: str

    def __str__(self) -> str:
        return f"from:@{self.handle}"


@dataclass(frozen=True, slots=True)
class Near:
    """Two words or phrases, in any order, the second at most so many words on from the first."""

    left: "Query"
    right: "Query"
    distance: int

    def __str__(self) -> str:
        return f"{_inside(self.left, 3)} NEAR/{self.distance} {_inside(self.right, 3)}"


@dataclass(frozen=True, slots=True)
class Not:
    """Posts that the part does not catch."""

    part: "Query"

    def __str__(self) -> str:
        return f"NOT {_inside(self.part, 3)}"


@dataclass(frozen=True, slots=True)
class All:
    """Posts that every part catches. Two or more; make it with `every`."""

    parts: tuple["Query", ...]

    def __str__(self) -> str:
        return " AND ".join(_inside(part, 1) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    """Posts that at least one part catches. Two or more; make it with `either`."""

    parts: tuple["Query", ...]

    def __str__(self) -> str:
        return " OR ".join(_inside(part, 1) for part in self.parts)


Query: TypeAlias = Word | Phrase | Language | Author | Near | Not | All | Any


def every(parts: list[Query]) -> Query:
    """All of these; what is `All` itself is taken apart."""
    flat = [each for part in parts for each in (part.parts if isinstance(part, All) else (part,))]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def either(parts: list[Query]) -> Query:
    """At least one of these; what is `Any` itself is taken apart."""
    flat = [each for part in parts for each in (part.parts if isinstance(part, Any) else (part,))]
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def phrase(words: list[Word]) -> Word | Phrase:
    """These words side by side."""
    return words[0] if len(words) == 1 else Phrase(tuple(words))


def handle(written: str) -> str:
    """A handle as handles are compared: in lower case, without spaces and the first @."""
    return "".join(written.split()).removeprefix("@").casefold()


def stands(query: Query) -> bool:
    """Whether it has a place in a text, as both sides of NEAR must."""
    if isinstance(query, Any):
        return all(isinstance(part, Word | Phrase) for part in query.parts)
    return isinstance(query, Word | Phrase)


def bounded(query: Query) -> bool:
    """Whether a post has to hold something to be caught; else nearly every post would be."""
    match query:
        case Not():
            return False
        case All():
            return any(map(bounded, query.parts))
        case Any():
            return all(map(bounded, query.parts))
        case _:
            return True


def _inside(part: Query, tightest: int) -> str:
    """In parentheses where the part binds less tightly than what it stands in."""
    return f"({part})" if _TIGHTNESS.get(type(part), 4) < tightest else str(part)


_TIGHTNESS: dict[type, int] = {Any: 0, All: 1, Near: 2, Not: 3}
