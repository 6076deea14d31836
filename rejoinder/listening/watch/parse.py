"""What somebody wrote as a watch, read into a query; a mistake is told with its column.

    watch   = all {"OR" all}
    all     = near {["AND"] near}
    near    = not ["NEAR/" number not]
    not     = {"NOT" | "-"} term
    term    = "(" watch ")" | '"' word+ '"' | word | "lang:" code | "from:" handle
    word    = ["#" | "@"] letters ["*" | "~" | "~1" | "~2"]

Operators are written in capitals: a small "and" is a word.
"""

import re
from typing import NamedTuple

from rejoinder.listening.watch import query
from rejoinder.listening.watch.query import Query, Word
from rejoinder.listening.watch.words import read, tokens

LONGEST, DEEPEST, FARTHEST = 200_000, 50, 99  # code points, parentheses, words
LONGEST_MISSPELT = 40  # code points
_QUOTES = '"“”„‟«»＂'
_LEXEME = re.compile(
    rf"(?P<phrase>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?)|(?P<open>\()|(?P<close>\))"
    rf"|(?P<word>[^\s(){_QUOTES}]+)"
)
_NEAR = re.compile("NEAR(?:/(.*))?")
_ENDING = re.compile(r"(.*?)(\*|~[0-9]*)?", re.DOTALL)
_FIELD = re.compile("(lang|from):(.*)", re.DOTALL)
_CODE = re.compile("[A-Za-z]{2,3}")

# One sentence each; what stands in %()s is filled in after translation.
EMPTY = "Write at least one word to look for."
TOO_LONG = "This has more than %(most)s characters; make two watches of it."
TOO_DEEP = "There are more than %(most)s parentheses inside each other here."
NEEDS_TERM = "Expected a word, a “phrase” or “(” after %(after)s."
NEEDS_TERM_FIRST = "Expected a word, a “phrase” or “(”, not %(found)s."
NOT_CLOSED = "This “(” is never closed: expected “)”."
NOT_OPENED = "This “)” closes nothing: expected a “(” before it."
NO_END_QUOTE = "This quotation never ends: expected a second quotation mark."
NO_WORD = "Expected letters, digits or an emoji in %(found)s."
MINUS = "Expected a word, a “phrase” or “(” directly after “-”."
STAR_INSIDE = "Expected “*” only at the end of a word."
STAR_SHORT = "Expected at least 2 letters before “*”."
EDITS = "Expected ~1 or ~2: how many letters may differ."
EDITS_SHORT = "Expected at least %(least)s letters before %(found)s; shorter words are too alike."
EDITS_LONG = "Expected at most %(most)s letters before “~”."
EDITS_MANY = "Expected one word before “~”, and %(found)s is several."
LANGUAGE = "Expected a language of two or three letters after “lang:”, such as lang:en."
AUTHOR = "Expected a handle after “from:”, such as from:@brand."
DISTANCE = "Expected a distance from 1 to %(most)s, as in NEAR/5."
NEAR_SIDES = "Expected a word, a “phrase” or several of them with OR on both sides of NEAR."
NEAR_CHAIN = "NEAR joins two: expected (a NEAR/5 b) AND (b NEAR/5 c)."
UNBOUNDED = "This would catch every post: expected a word to look for beside what is taken away."


class ParseError(ValueError):
    """A watch cannot be read. `column` counts code points from 1; `sentence % values` says why."""

    def __init__(self, sentence: str, column: int, **values: object) -> None:
        self.sentence, self.column, self.values = sentence, column, values
        super().__init__(f"Column {column}: {sentence % values}")


class _Lexeme(NamedTuple):
    kind: str  # open, close, phrase, word, AND, OR, NOT, NEAR, end
    text: str
    column: int


def parse(words: str) -> Query:
    """The query that was written. Raises ParseError; never anything else."""
    if len(words) > LONGEST:
        raise ParseError(TOO_LONG, LONGEST + 1, most=LONGEST)
    found = _Parser(_lexemes(words)).whole()
    if not query.bounded(found):
        raise ParseError(UNBOUNDED, 1)
    return found


def _lexemes(words: str) -> list[_Lexeme]:
    found: list[_Lexeme] = []
    for match in _LEXEME.finditer(words):
        kind, text, column = match.lastgroup or "", match[0], match.start() + 1
        if kind != "word":
            found.append(_Lexeme(kind, text, column))
        elif text in ("AND", "OR", "NOT"):
            found.append(_Lexeme(text, text, column))
        elif _NEAR.fullmatch(text):
            found.append(_Lexeme("NEAR", text, column))
        else:
            found += _minus(text, column, words[match.end() : match.end() + 1])
    return [*found, _Lexeme("end", "", len(words) + 1)]


def _minus(text: str, column: int, following: str) -> list[_Lexeme]:
    """A minus in front of a word is NOT; within a word it parts two."""
    if not text.startswith("-"):
        return [_Lexeme("word", text, column)]
    if text == "-" and not following.strip():
        raise ParseError(MINUS, column)
    rest = [_Lexeme("word", text[1:], column + 1)] if text[1:] else []
    return [_Lexeme("NOT", "-", column), *rest]


class _Parser:
    def __init__(self, lexemes: list[_Lexeme]) -> None:
        self._lexemes, self._at, self._depth = lexemes, 0, 0

    def whole(self) -> Query:
        if self._next.kind == "end":
            raise ParseError(EMPTY, 1)
        found = self._any()
        if self._next.kind == "close":
            raise ParseError(NOT_OPENED, self._next.column)
        return found

    @property
    def _next(self) -> _Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> _Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]

    def _any(self) -> Query:
        parts = [self._all()]
        while self._next.kind == "OR":
            self._take()
            parts.append(self._all())
        return query.either(parts)

    def _all(self) -> Query:
        parts = [self._near()]
        while self._next.kind not in ("OR", "close", "end"):
            if self._next.kind == "AND":
                self._take()
            parts.append(self._near())
        return query.every(parts)

    def _near(self) -> Query:
        column = self._next.column
        left = self._not()
        if self._next.kind != "NEAR":
            return left
        distance = _distance(self._take())
        other = self._next.column
        right = self._not()
        if self._next.kind == "NEAR":
            raise ParseError(NEAR_CHAIN, self._next.column)
        for side, at in ((left, column), (right, other)):
            if not query.stands(side):
                raise ParseError(NEAR_SIDES, at)
        return query.Near(left, right, distance)

    def _not(self) -> Query:
        many = 0
        while self._next.kind == "NOT":
            many += 1
            self._deeper(self._take(), many)
        found = self._term()
        for _ in range(many):
            found = query.Not(found)
        return found

    def _term(self) -> Query:
        lexeme = self._next
        if lexeme.kind == "open":
            return self._group()
        if lexeme.kind == "phrase":
            return _phrase(self._take())
        if lexeme.kind == "word":
            return _word(self._take())
        raise self._missing(lexeme)

    def _group(self) -> Query:
        opening = self._take()
        self._depth += 1
        self._deeper(opening, 0)
        found = self._any()
        if self._next.kind != "close":
            raise ParseError(NOT_CLOSED, opening.column)
        self._take()
        self._depth -= 1
        return found

    def _deeper(self, lexeme: _Lexeme, more: int) -> None:
        if self._depth + more > DEEPEST:
            raise ParseError(TOO_DEEP, lexeme.column, most=DEEPEST)

    def _missing(self, lexeme: _Lexeme) -> ParseError:
        if self._at == 0 or lexeme.kind not in ("end", "close"):
            return ParseError(NEEDS_TERM_FIRST, lexeme.column, found=f"“{lexeme.text}”")
        after = self._lexemes[self._at - 1].text
        return ParseError(NEEDS_TERM, lexeme.column, after=f"“{after}”")


def _distance(lexeme: _Lexeme) -> int:
    digits = lexeme.text.removeprefix("NEAR").removeprefix("/")
    if not re.fullmatch("[0-9]{1,2}", digits) or not 1 <= int(digits) <= FARTHEST:
        raise ParseError(DISTANCE, lexeme.column, most=FARTHEST)
    return int(digits)


def _phrase(lexeme: _Lexeme) -> Query:
    if len(lexeme.text) < 2 or lexeme.text[-1] not in _QUOTES:
        raise ParseError(NO_END_QUOTE, lexeme.column)
    chunks = re.finditer(r"\S+", lexeme.text[1:-1])
    words = [
        word
        for chunk in chunks
        if tokens(chunk[0])
        for word in _words(chunk[0], lexeme.column + 1 + chunk.start())
    ]
    if not words:
        raise ParseError(NO_WORD, lexeme.column, found=lexeme.text)
    return query.phrase(words)


def _word(lexeme: _Lexeme) -> Query:
    if field := _FIELD.fullmatch(lexeme.text):
        return (_language if field[1] == "lang" else _author)(field[2], lexeme.column)
    return query.phrase(_words(lexeme.text, lexeme.column))


def _language(code: str, column: int) -> Query:
    if not _CODE.fullmatch(code):
        raise ParseError(LANGUAGE, column)
    return query.Language(code.lower())


def _author(handle: str, column: int) -> Query:
    if not (known := query.handle(handle)):
        raise ParseError(AUTHOR, column)
    return query.Author(known)


def _words(text: str, column: int) -> list[Word]:
    """One word, or the parts of one that is written with hyphens, dots or without spaces."""
    ending = _ENDING.fullmatch(text)
    body, end = (ending[1], ending[2] or "") if ending else (text, "")
    if "*" in body:
        raise ParseError(STAR_INSIDE, column + body.index("*"))
    if not (found := [read(token.word) for token in tokens(body)]):
        raise ParseError(NO_WORD, column, found=f"“{text}”")
    words = [Word(each.bodies[0], each.sign) for each in found]
    if end == "*":
        words[-1] = _beginning(words[-1], column + len(body))
    elif end:
        words = [_misspelt(words, text, end, column + len(body))]
    return words


def _beginning(word: Word, column: int) -> Word:
    if len(word.text) < 2 and word.text.isascii():
        raise ParseError(STAR_SHORT, column)
    return Word(word.text, word.sign, starts=True)


def _misspelt(words: list[Word], text: str, end: str, column: int) -> Word:
    if end not in ("~", "~1", "~2"):
        raise ParseError(EDITS, column)
    if len(words) > 1:
        raise ParseError(EDITS_MANY, column, found=f"“{text}”")
    edits = 2 if end == "~2" else 1
    if len(words[0].text) < 2 * edits + 2:
        raise ParseError(EDITS_SHORT, column, least=2 * edits + 2, found=f"“{end}”")
    if len(words[0].text) > LONGEST_MISSPELT:
        raise ParseError(EDITS_LONG, column, most=LONGEST_MISSPELT)
    return Word(words[0].text, words[0].sign, edits=edits)
