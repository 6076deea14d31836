"""Text as watches compare it: folded, and cut into words.

Folding removes case, accents, ligatures, width, skin tones, variation selectors and everything
invisible, by Unicode's compatibility decomposition (UAX 15, NFKD) and full case folding, one
character at a time. A word is a run of letters, digits and underscores; an emoji is a word, and
so is each character of scripts that put no space between words. `#` and `@` stay at the front of
a word, an apostrophe stays inside one; all else parts words.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_APOSTROPHES = "'’‘‛ʼ＇`´"
# Letters that no decomposition takes apart (as in Lucene's ASCIIFoldingFilter).
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h",
    "ŧ": "t", "ĸ": "k", "ŋ": "n", "ſ": "s",
})  # fmt: skip
# Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel marks of Arabic.
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670]")
# Thai, Lao, Burmese, Khmer; kana; Chinese characters.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_SKIN = range(0x1F3FB, 0x1F400)
_PICTURES = range(0x1F000, 0x1FB00)  # also those that this Python's Unicode does not know yet
_LETTER = "[0-9a-z_\x80-\U0010ffff]"
_TOKEN = re.compile(f"(?:(?<!{_LETTER})[#@])?{_LETTER}+(?:'{_LETTER}+)*")
_ELIDED = re.compile("(?:[cdjlmnst]|qu)'")  # French and Italian: l'été holds été


class Token(NamedTuple):
    """A word and where it stands in the text, in code points."""

    word: str
    start: int
    end: int


class Read(NamedTuple):
    """What a word may be taken for: its sign (#, @ or nothing) and its forms without it."""

    sign: str
    bodies: tuple[str, ...]


def read(word: str) -> Read:
    """The forms of one word: O2's is also O2, don't is dont, l'été is also été."""
    sign = word[0] if word[0] in "#@" else ""
    body = word[len(sign) :]
    if "'" not in body:
        return Read(sign, (body,))
    forms = [body]
    if body.endswith("'s"):
        forms.append(body[:-2])
    if elided := _ELIDED.match(body):
        forms.append(body[elided.end() :])
    return Read(sign, tuple(dict.fromkeys(form.replace("'", "") for form in forms)))


def tokens(text: str) -> list[Token]:
    """The words of one text with their places: for showing, not for many posts."""
    pieces = list(map(fold, text))
    origin = [at for at, piece in enumerate(pieces) for _ in piece]
    found = _TOKEN.finditer("".join(pieces))
    return [Token(m[0], origin[m.start()], origin[m.end() - 1] + 1) for m in found]


@lru_cache(maxsize=50_000)
def fold(char: str) -> str:
    """What one character counts as: letters, a sign, itself between spaces, a space, nothing."""
    if char.isascii():
        return char.lower()
    if char in _APOSTROPHES:
        return "'"
    if unicodedata.category(char) == "So":  # ™ is a sign of its own and not the letters TM
        return f" {char} "
    return "".join(map(_sorted, _bare(_bare(char))))


def _bare(text: str) -> str:
    """Lower case without accents; twice, because lower case may bring an accent of its own."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart).translate(_LETTERS))


def _sorted(char: str) -> str:
    """The character as part of a word, as a word, as nothing, or as a space."""
    category, code = unicodedata.category(char), ord(char)
    if char.isascii():
        return char
    if category in ("Cf", "Me") or code in _SKIN or 0xFE00 <= code <= 0xFE0F:
        return ""
    if category == "So" or (code in _PICTURES and category == "Cn") or _SPACELESS.match(char):
        return f" {char} "
    return char if category[0] in "LNM" else " "
