"""Digits however they are spelled: figures, letters that look like them, and words."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import re2

LOOKS = {"o": "0", "O": "0", "l": "1", "I": "1", "i": "1", "|": "1", "S": "5", "s": "5",
         "B": "8", "Z": "2", "z": "2"}  # fmt: skip
UNITS = {"oh": "0", "zero": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1", "two": "2",
         "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
         "nine": "9"}  # fmt: skip
TEENS = {"ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
         "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
         "nineteen": "19"}  # fmt: skip
TENS = {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60",
        "seventy": "70", "eighty": "80", "ninety": "90"}  # fmt: skip
TIMES = {"double": 2, "dbl": 2, "treble": 3, "triple": 3}
ZEROS = {"hundred": "00", "thousand": "000"}

LEAST = 6  # digits; fewer are nobody's

_SAID = "|".join([*(TEENS | TENS | UNITS), *TIMES, *ZEROS])  # "seventeen" before "seven"
_GAP = r"[\s.,\-()/*_~\x01]{0,4}"
_START = r"(?:^|[^0-9A-Za-z_@/=&])"
# Where a number may be: seven figures close together, ten figures or letters that look so, a number
# glued to a word, four words for digits, figures right before a word for one, a sort code.
CANDIDATE = (
    rf"{_START}[oOlI]{{0,3}}(?:[0-9][\s.,\-()/*_~\x01oOlIisSBzZ|]{{0,4}}){{6}}[0-9]"
    rf"|{_START}(?:[0-9oOlISBZ]{_GAP}){{10}}"
    r"|[A-Za-z_:/.=](?:\+?44|0)[127][0-9]{8,9}"
    rf"|(?i:\b(?:{_SAID})(?:[\s,.-]{{1,3}}(?:(?:and|then)\s)?(?:{_SAID}|o|[0-9oil]{{1,4}})\b){{3}})"
    rf"|{_START}[0-9](?i:{_SAID})|{_START}(?i:{_SAID})[0-9]{{2}}|{_START}[0-9]{{4,7}}[\s.,-]{{1,2}}(?i:(?:{_SAID})\b)"
    r"|(?i:\bsort[\s-]?code)"
)
_TOKEN = re2.compile(
    rf"\b[oOlIisSBzZ|]*[0-9][0-9oOlIisSBzZ|]*\b|\b[oOlI]{{1,4}}\b|[0-9]+|(?i:{_SAID})"
)
_NOTHING_ELSE = re2.compile(
    r"(?i)[\s.,\-()/*_~\x01]{0,5}(?:(?:and|then|dash|hyphen|space|dot|slash)\s+)?\(?"
)
_USUAL = frozenset(("", " ", "-", "."))


class Piece(NamedTuple):
    """Digits that were written in one piece, and where."""

    digits: str
    start: int
    end: int
    sure: int  # of the digits, how many are figures or words, and no letters that look so


def runs(post: str) -> Iterator[list[Piece]]:
    """The numbers of a folded post: pieces with nothing but spaces and punctuation between.

    Those with fewer digits than a sort code has are left out.
    """
    for run in _together(post):
        pieces = _pieces(post, run)
        if sum(len(piece.digits) for piece in pieces) >= LEAST:
            yield pieces


def _together(post: str) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(post.encode("ascii")):  # bytes: RE2 need not count characters
        gap = post[run[-1][1] : found.start()] if run else ""
        if gap not in _USUAL and not _NOTHING_ELSE.fullmatch(gap):
            yield run
            run = []
        run.append(found.span())
    if run:
        yield run


def _pieces(post: str, run: Sequence[tuple[int, int]]) -> list[Piece]:
    """The tokens of a run as digits; "double" and "hundred" work on their neighbours."""
    pieces: list[Piece] = []
    times, first = 1, 0
    for start, end in run:
        word = post[start:end]
        if times == 1 and word.isdigit():
            pieces.append(Piece(word, start, end, end - start))
            continue
        word = word.lower()
        if word in TIMES:
            times, first = TIMES[word], start
            continue
        if word in ZEROS or (word in UNITS and pieces and _is_tens(post, pieces[-1])):
            _widen(pieces, word, end)
            continue
        piece = _piece(post, start, end)
        if times > 1:
            more = times - 1
            piece = Piece(piece.digits[0] * more + piece.digits, first, end, piece.sure + more)
            times = 1
        pieces.append(piece)
    return pieces


def _piece(post: str, start: int, end: int) -> Piece:
    word = post[start:end]
    said = (UNITS | TEENS | TENS).get(word.lower())
    if said:
        return Piece(said, start, end, len(said))
    digits = "".join(LOOKS.get(char, char) for char in word)
    return Piece(digits, start, end, sum(map(str.isdigit, word)))


def _is_tens(post: str, piece: Piece) -> bool:
    return post[piece.start : piece.end].lower() in TENS


def _widen(pieces: list[Piece], word: str, end: int) -> None:
    """Seven *hundred* is 700, twenty *three* is 23."""
    if not pieces:
        return
    last = pieces.pop()
    digits = last.digits + ZEROS[word] if word in ZEROS else last.digits[0] + UNITS[word]
    pieces.append(Piece(digits, last.start, end, len(digits)))
