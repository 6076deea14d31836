"""How long a text is on X: twitter-text, configuration 3. Pure.

https://docs.x.com/resources/fundamentals/counting-characters
"""

import unicodedata

import regex

from rejoinder.channels.contract import Count
from rejoinder.channels.x import links

ALLOWED = 280
LINK, HEAVY = 23, 2

_FLAGS = """
AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ
EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ
LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY
MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU
RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN
TO TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
_REGION = 0x1F1E6  # the regional indicator of A
_LIGHT = regex.compile(r"[\u0000-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]+")
_INVALID = regex.compile("[\ufffe\ufeff\uffff]")
_HANDLES = regex.compile(r"(?:[@＠][a-zA-Z0-9_]{1,20}\s+)+")


def _emoji() -> "regex.Pattern[str]":
    """Sequences of several code points that are one picture (UTS #51, ED-17)."""
    one = r"[\p{Emoji}--[0-9#*]](?:\uFE0F|\p{Emoji_Modifier})?"
    tagged = r"\U0001F3F4[\U000E0020-\U000E007E]+\U000E007F"
    keycap = r"[0-9#*]\uFE0F?\u20E3"
    joined = rf"(?:{tagged}|{one})(?:\u200D{one})+"
    signed = r"[\p{Emoji}--[0-9#*]](?:\uFE0F|\p{Emoji_Modifier})"
    pattern = rf"\L<regions>|{keycap}|{joined}|{tagged}|{signed}"
    regions = ["".join(chr(_REGION + ord(c) - ord("A")) for c in each) for each in _FLAGS.split()]
    return regex.compile(pattern, regex.VERSION1, regions=regions)


_EMOJI = _emoji()


def count(text: str, *, reply: bool = False) -> Count:
    """The weighted length: a link is 23, a picture 2; a reply's first @names are not counted."""
    text = unicodedata.normalize("NFC", text)
    if reply and (handles := _HANDLES.match(text)):
        text = text[handles.end() :]
    used, done = 0, 0
    for start, end in links.spans(text):
        used += _weight(text[done:start]) + LINK
        done = end
    used += _weight(text[done:])
    return Count(used, ALLOWED, 0 < used <= ALLOWED and not _INVALID.search(text))


def has_link(text: str) -> bool:
    """Whether X takes it for a post with a link, which has a price of its own."""
    return bool(links.spans(unicodedata.normalize("NFC", text)))


def _weight(text: str) -> int:
    if text.isascii():
        return len(text)
    rest, pictures = _EMOJI.subn("", text)
    return HEAVY * (pictures + len(rest)) - sum(map(len, _LIGHT.findall(rest)))
