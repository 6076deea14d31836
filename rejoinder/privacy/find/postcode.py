"""Postcodes of the United Kingdom: whole ones, in the shapes that Royal Mail gives out."""

from collections.abc import Iterator, Sequence

import re2

from rejoinder.privacy.find import around
from rejoinder.privacy.find.kinds import POSTCODE, Span
from rejoinder.privacy.find.listed import listed

# Programmers' Guide of the Postcode Address File; ZZ is nobody's and stands in examples.
_AREAS = listed(
    """
    AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN
    DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA
    LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG
    SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    ZZ
    """
)
PATTERN = r"(?i)\b[a-z]{1,2}[0-9][0-9a-z]?[\s.\x01-]{0,2}[0-9o][abd-hjlnp-uw-z]{2}\b"
_PARTS = re2.compile(
    r"(?i)\b([a-z]{1,2})([0-9][0-9a-z]?)([\s.\x01-]{0,2})([0-9o][abd-hjlnp-uw-z]{2})\b"
)
_SAID = re2.compile(r"(?i)\b(?:post\s?code|postal\scode|zip)(?:\s(?:is|of|here|area))?\W{0,4}$")
_MEASURES = ("GB", "TB", "ST", "ND", "RD", "TH")  # 4GB, 1TB and 5th have the shape of an end


def postcodes(post: str) -> Iterator[Span]:
    """Whole postcodes; names of products that have the shape of one are none."""
    at = 0
    while found := _PARTS.search(post, at):
        at = found.end()
        if _is_postcode(post, found.start(), found.groups()):
            yield Span(found.start(), found.end(), POSTCODE)
        else:
            at = found.start() + 1


def _is_postcode(post: str, start: int, parts: Sequence[str]) -> bool:
    area, district, gap, inward = parts
    if area.upper() not in _AREAS or around.in_link(post, start):
        return False
    if start and post[start - 1] in "@#/$=&-_.":
        return False
    if _SAID.search(around.before(post, start)):
        return True
    if inward[0] in "oO" or inward[1:].upper() in _MEASURES:
        return False
    small = (area + district + inward).islower()
    return bool(gap) or not small or len(area + district) > 3
