"""Bank details: a sort code and an account number, together or apart, and IBANs."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

import re2

from rejoinder.privacy.find import around
from rejoinder.privacy.find.digits import Piece
from rejoinder.privacy.find.kinds import BANK, Span

IBAN = r"(?i)\b[A-Z]{2}[ -]?[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b"
_REACH = 45  # characters between a sort code and its account number
_BOTH = 14  # digits of a sort code and an account number
_WORDS = re2.compile(r"(?i)\b(?:sort|s/c|bank)\b")
_IBAN = re2.compile(IBAN)
# ISO 13616 registry: how long an IBAN of a country is.
_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18,
    "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24,
    "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "XK": 20,
}  # fmt: skip
_BRITISH = re2.compile(r"[A-Z]{2}[0-9]{2}[A-Z]{4}[0-9]{14}")


def ibans(post: str) -> Iterator[Span]:
    """IBANs whose length is that of their country and whose check digits fit."""
    for found in _IBAN.finditer(post):
        end = _iban_end(post, found.start(), found.end())
        if end:
            yield Span(found.start(), end, BANK)


def accounts(post: str, runs: Sequence[Sequence[Piece]]) -> Iterator[Span]:
    """Sort codes and account numbers that stand near each other, or that words name."""
    pieces = [piece for run in runs for piece in run]
    if sum(len(piece.digits) for piece in pieces) < _BOTH and not _WORDS.search(post):
        return
    numbers = list(_account_numbers(post, pieces))
    any_named = False
    for sort, named in _sort_codes(post, pieces):
        near = [number for number in _beside(numbers, sort) if _near(post, sort, number)]
        any_named = any_named or named
        if near or named:
            yield sort
        yield from near
    yield from (
        number for number in numbers if any_named or around.bank_account(post, number.start)
    )


def _beside(numbers: Sequence[Span], sort: Span) -> Sequence[Span]:
    """The last number before a sort code, and the first after it."""
    place = bisect(numbers, sort.start, key=lambda number: number.start)
    return numbers[max(0, place - 1) : place + 1]


def _iban_end(post: str, start: int, end: int) -> int:
    """Where an IBAN ends that begins here; 0 when it is none."""
    letters = [(at, post[at].upper()) for at in range(start, end) if post[at].isalnum()]
    size = _LENGTHS.get(letters[0][1] + letters[1][1], 0)
    if not size or len(letters) < size:
        return 0
    iban = "".join(letter for _, letter in letters[:size])
    last = letters[size - 1][0] + 1
    if last < len(post) and post[last].isalnum():
        return 0
    # A British one that was mistyped still gives away the account: its shape is enough.
    return last if _checks(iban) or _BRITISH.fullmatch(iban) else 0


def _checks(iban: str) -> bool:
    """ISO 7064, MOD 97-10."""
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


def _sort_codes(post: str, pieces: Sequence[Piece]) -> Iterator[tuple[Span, bool]]:
    """Each with whether words name it."""
    for at, piece in enumerate(pieces):
        trio = pieces[at : at + 3]
        end = piece.end if len(piece.digits) == 6 and piece.sure > 3 else 0
        if [len(one.digits) for one in trio] == [2, 2, 2] and _evenly(post, trio):
            end = trio[2].end
        if end:
            yield Span(piece.start, end, BANK), around.sort_code(post, piece.start)


def _evenly(post: str, trio: Sequence[Piece]) -> bool:
    gaps = {post[one.end : other.start] for one, other in pairwise(trio)}
    return len(gaps) == 1 and len(gaps.pop()) <= 1


def _account_numbers(post: str, pieces: Sequence[Piece]) -> Iterator[Span]:
    """Eight digits, in one piece or in two."""
    for at, piece in enumerate(pieces):
        if len(piece.digits) == 8 and piece.sure > 4:
            yield Span(piece.start, piece.end, BANK)
        pair = pieces[at : at + 2]
        if [len(one.digits) for one in pair] == [4, 4] and pair[1].start - pair[0].end == 1:
            yield Span(piece.start, pair[1].end, BANK)


def _near(post: str, sort: Span, number: Span) -> bool:
    """Whether nothing but a few words stands between them; six digits need a word for it."""
    first, second = sorted((sort, number), key=lambda span: span.start)
    between = post[first.end : second.start]
    if not 0 < len(between) <= _REACH or any(c.isdigit() or c == "\x03" for c in between):
        return False
    plain = sort.end - sort.start == 6
    return not plain or "acc" in between.lower() or "a/c" in between.lower()
