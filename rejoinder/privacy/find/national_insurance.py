"""National Insurance numbers: two letters, six digits, one of four letters."""

from collections.abc import Iterator

import re2

from rejoinder.privacy.find import around
from rejoinder.privacy.find.kinds import NATIONAL_INSURANCE, Span

# HMRC, National Insurance Manual NIM39110; QQ is given to nobody and stands in examples.
PATTERN = (
    r"(?i)\b(?:[a-ceghj-prtw-z][a-ceghj-nprtw-z]|qq)[\s.\x01-]{0,2}"
    r"[0-9o]{2}[\s.\x01-]{0,2}[0-9o]{2}[\s.\x01-]{0,2}[0-9o]{2}(?:[\s.\x01-]{0,2}[a-d])?\b"
)
_PATTERN = re2.compile(PATTERN)
_NOBODYS = ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
_SAID = re2.compile(
    r"(?i)\b(?:n\.?i\.?|nino|national\sinsurance)(?:\s?(?:number|no|num))?\W{0,3}(?:is\W{0,3})?$"
)


def numbers(post: str) -> Iterator[Span]:
    """Numbers with their last letter, or without it where words say what it is."""
    for found in _PATTERN.finditer(post):
        said = found.group()
        whole = said[-1].isalpha() and said[-1] not in "oO"
        named = bool(_SAID.search(around.before(post, found.start())))
        figures = sum(map(str.isdigit, said))
        if (
            said[:2].upper() not in _NOBODYS
            and figures >= 4
            and (whole or named)
            and not around.in_link(post, found.start())
        ):
            yield Span(found.start(), found.end(), NATIONAL_INSURANCE)
