"""Phone numbers that a private person may have, from digits however they were spelled."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import phonenumbers
import re2

from rejoinder.privacy.find import around
from rejoinder.privacy.find.digits import Piece
from rejoinder.privacy.find.kinds import PHONE, Span

LONGEST = 15  # digits of an international number (ITU-T E.164, 6.1)
_SHORTEST = 7  # digits of a number that is only known by the words before it
_EXTENSION = re2.compile(r"(?i)\s?(?:x|ext\.?|extension)\s?[0-9]{1,5}\b")
_LONG_EXTENSION = 20  # characters, with one after it that ends it
_TOLL_FREE = frozenset(("800", "833", "844", "855", "866", "877", "888"))
_PUBLIC_TYPES = {
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.UAN,
}


def phones(post: str, run: Sequence[Piece], own: Collection[str]) -> Iterator[Span]:
    """The private numbers of a run; `own` are digits of published ones, with 0 in front."""
    at = 0
    while at < len(run):
        after = _number_at(post, run, at, own)
        if after:
            yield Span(
                _start(post, run[at].start, run[after - 1].end),
                _end(post, run[after - 1].end),
                PHONE,
            )
        at = after or at + 1


def national(digits: str) -> str:
    """British digits as they are dialled at home: 07700900123 for 447700900123."""
    for prefix in ("0044", "44"):
        if digits.startswith(prefix) and len(digits) > LONGEST - 4:
            return "0" + digits.removeprefix(prefix).lstrip("0")
    return digits


def _number_at(post: str, run: Sequence[Piece], at: int, own: Collection[str]) -> int:
    """The index after the last piece of a number that begins here; 0 when none does."""
    ends = list(_ends(run, at))
    start = run[at].start
    if not ends or around.in_link(post, start) or around.price(post, start):
        return 0
    plus = around.plus(post, start)
    if not plus and not _may_begin(post, run[at]):
        return 0
    for last in reversed(ends):
        pieces = run[at:last]
        digits = "".join(piece.digits for piece in pieces)
        if national(digits) in own:
            return 0
        sure = sum(piece.sure for piece in pieces) * 3 >= len(digits)
        if sure and _is_private(post, pieces, digits, plus=plus):
            return last
    return 0


def _may_begin(post: str, first: Piece) -> bool:
    """What is neither dialled with 0 or 44 nor American has to be said to be a number."""
    alike = first.digits[0] in "04" or len(first.digits) == 3
    return alike or around.called(post, first.start)


def _ends(run: Sequence[Piece], at: int) -> Iterator[int]:
    """After which pieces a number that begins here would have a fitting length."""
    many = 0
    for last in range(at, len(run)):
        many += len(run[last].digits)
        if many > LONGEST + 1:  # +44 (0) has one more than is dialled
            return
        if many >= _SHORTEST:
            yield last + 1


def _is_private(post: str, pieces: Sequence[Piece], digits: str, *, plus: bool) -> bool:
    if plus:
        apart = any("," in gap or "\n" in gap for gap in _gaps(post, pieces))
        return not apart and _abroad(digits, known=True)
    if digits.startswith("00") and len(digits) > 10:
        return _abroad(digits[2:], known=False)
    start = pieces[0].start
    here = national(digits)
    if here != digits and len(pieces[0].digits) in {3, 4, 5}:
        return False  # 4470 0658…: groups of a longer number, not 44 and the rest
    if is_mobile(here):
        return True
    if around.numbered(post, start) or _is_date(pieces):
        return False
    return (
        _is_landline(here, called=around.called(post, start))
        or _is_american(post, pieces)
        or _is_local(post, pieces, here)
    )


def _abroad(digits: str, *, known: bool) -> bool:
    """Digits after a plus (`known`) or after 00; the rules of each country are Google's."""
    if digits.startswith("44"):
        here = "0" + digits[2:].lstrip("0")
        return is_mobile(here) or _is_landline(here, called=known)
    if digits[0] == "0":  # no country begins so
        return False
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_valid_number(number):
        return phonenumbers.number_type(number) not in _PUBLIC_TYPES
    return known and len(digits) >= 10 and phonenumbers.is_possible_number(number)


def is_mobile(here: str) -> bool:
    """Mobile, personal and paging numbers (Ofcom, National Telephone Numbering Plan, A)."""
    return len(here) == 11 and here.startswith("07")


def _is_landline(here: str, *, called: bool) -> bool:
    """01 and 02; ten digits are rare enough that the area has to exist, or words to say so."""
    if here.startswith("02"):
        return len(here) == 11 and here[2] in "03489"
    if not here.startswith("01") or here[2:3] in {"", "0"}:
        return False
    return len(here) == 11 or (len(here) == 10 and (called or _exists(here)))


def _exists(here: str) -> bool:
    return bool(phonenumbers.is_valid_number(phonenumbers.parse(here, "GB")))


def _is_local(post: str, pieces: Sequence[Piece], here: str) -> bool:
    """Any other number that words say is to be called; no helpline, no version of a program.

    Freephone, business and premium numbers stay: no private person has one (Ofcom, as above).
    """
    if here.startswith(("00", "03", "0500", "08", "09", "116")):
        return False
    if here.removeprefix("1")[:3] in _TOLL_FREE:
        return False
    dots = any("." in gap for gap in _gaps(post, pieces))
    return not dots and around.called(post, pieces[0].start)


def _is_american(post: str, pieces: Sequence[Piece]) -> bool:
    """Three, three and four digits with dashes, dots or brackets (North American plan)."""
    if [len(piece.digits) for piece in pieces] != [3, 3, 4]:
        return False
    area, exchange = pieces[0].digits, pieces[1].digits
    numbered = area[0] in "23456789" and exchange[0] in "23456789"
    return numbered and area not in _TOLL_FREE and bool("".join(_gaps(post, pieces)).strip())


def _gaps(post: str, pieces: Sequence[Piece]) -> list[str]:
    return [post[one.end : other.start] for one, other in pairwise(pieces)]


def _is_date(pieces: Sequence[Piece]) -> bool:
    """A date, a time after it perhaps: 01-02-2019 10…"""
    sizes = [len(piece.digits) for piece in pieces[:3]]
    if sizes == [2, 2, 4]:
        return pieces[2].digits.startswith(("19", "20"))
    return sizes == [4, 2, 2] and pieces[0].digits.startswith(("19", "20"))


def _start(post: str, at: int, end: int) -> int:
    """With the plus, and with the bracket if it is closed within the number."""
    start = around.opening(post, at)
    unclosed = post[start] == "(" and ")" not in post[at:end]
    return start + 1 if unclosed else start


def _end(post: str, at: int) -> int:
    found = _EXTENSION.match(post[at : at + _LONG_EXTENSION])
    return at + int(found.end()) if found else at
