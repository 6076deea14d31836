"""Payment cards: length and first digits of a scheme, and Luhn's digit (ISO/IEC 7812-1)."""

from collections.abc import Iterator, Sequence

from rejoinder.privacy.find import around
from rejoinder.privacy.find.digits import Piece
from rejoinder.privacy.find.kinds import CARD, Span
from rejoinder.privacy.find.phone import is_mobile, national

_SHORTEST = 12
_LONGEST = 19  # digits (ISO/IEC 7812-1, 4.1)
_FIRST = frozenset("123456")  # of the schemes below
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
# First and last prefix of each scheme, and how many digits its cards have.
_SCHEMES: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    (4, 4, (13, 16, 19)),  # Visa
    (51, 55, (16,)),  # Mastercard
    (2221, 2720, (16,)),
    (34, 34, (15,)),  # American Express
    (37, 37, (15,)),
    (300, 305, (14, 16)),  # Diners Club
    (36, 36, (14,)),
    (38, 39, (14, 16)),
    (3528, 3589, (16,)),  # JCB
    (2131, 2131, (15,)),
    (1800, 1800, (15,)),
    (6011, 6011, (16, 19)),  # Discover
    (644, 659, (16, 19)),
    (62, 62, (16, 17, 18, 19)),  # UnionPay
    *((prefix, prefix, (12, 13, 14, 15, 16, 18, 19)) for prefix in  # Maestro
      (5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763, 6767)),
)  # fmt: skip


def _sizes() -> dict[str, frozenset[int]]:
    """How many digits a card has that begins with these four."""
    found: dict[str, frozenset[int]] = {}
    for low, high, sizes in _SCHEMES:
        zeros = 10 ** (4 - len(str(low)))
        for first in range(low * zeros, (high + 1) * zeros):
            found[str(first)] = found.get(str(first), frozenset()) | frozenset(sizes)
    return found


_SIZES = _sizes()


def cards(post: str, run: Sequence[Piece]) -> Iterator[Span]:
    """The cards of a run; what words call a device, a SIM or a parcel is none."""
    at = 0 if sum(len(piece.digits) for piece in run) >= _SHORTEST else len(run)
    while at < len(run):
        last = _card_at(post, run, at)
        if last:
            yield Span(run[at].start, run[last - 1].end, CARD)
        at = last or at + 1


def is_card(digits: str) -> bool:
    """Whether a scheme gives out such numbers."""
    return _of_a_scheme(digits) and luhn(digits)


def luhn(digits: str) -> bool:
    """The check digit of Hans Peter Luhn, US patent 2,950,048."""
    places = [int(digit) for digit in reversed(digits)]
    return (sum(places[::2]) + sum(_DOUBLED[place] for place in places[1::2])) % 10 == 0


def _of_a_scheme(digits: str) -> bool:
    return len(digits) in _SIZES.get(digits[:4], ())


def _card_at(post: str, run: Sequence[Piece], at: int) -> int:
    """The index after the last piece of a card that begins here; 0 when none does."""
    if run[at].digits[0] not in _FIRST or (at and _goes_on(post, run, at)):
        return 0
    digits, sure, found = "", 0, 0
    for last in range(at, len(run)):
        if last > at and "\n" in post[run[last - 1].end : run[last].start]:
            break
        digits += run[last].digits
        sure += run[last].sure
        if len(digits) > _LONGEST:
            break
        if len(digits) >= _SHORTEST and sure * 3 >= len(digits) and is_card(digits):
            found = last + 1
    start = run[at].start
    is_none = found and (
        around.device(post, start)
        or around.in_link(post, start)
        or around.plus(post, start)
        or is_mobile(national("".join(piece.digits for piece in run[at:found])))
    )
    return 0 if is_none else found


def _goes_on(post: str, run: Sequence[Piece], at: int) -> bool:
    """Whether this piece is the next of several equal ones, and so no beginning."""
    if at + 1 >= len(run) or len(run[at - 1].digits) < 4:
        return False
    gap = post[run[at - 1].end : run[at].start]
    return gap == post[run[at].end : run[at + 1].start]
