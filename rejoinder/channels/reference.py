"""Reference numbers that people read out on the phone and type from paper. Pure.

Twelve letters and digits of Crockford's base 32 (no I, L, O, U) in threes of four: 60 bits, so that
nobody finds another person's by trying.
"""

import re

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 60
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_WHOLE = re.compile(f"[{LETTERS}]{{12}}")


def spell(number: int) -> str:
    """A number below 2**60 as a reference."""
    letters = "".join(LETTERS[(number >> shift) & 31] for shift in range(BITS - 5, -1, -5))
    return "-".join(letters[at : at + 4] for at in range(0, 12, 4))


def understood(typed: str) -> str | None:
    """The reference somebody typed: small letters, other gaps, O for 0; None when it is none."""
    if len(typed) > 40:
        return None
    letters = re.sub(r"[\s\-–—_.]", "", typed).upper().translate(_ALIKE)
    if not _WHOLE.fullmatch(letters):
        return None
    return "-".join(letters[at : at + 4] for at in range(0, 12, 4))
