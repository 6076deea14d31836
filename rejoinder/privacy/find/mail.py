"""E-mail addresses, written with their signs or with words for them."""

from collections.abc import Collection, Iterator

import re2

from rejoinder.privacy.find.first_names import FIRST_NAMES
from rejoinder.privacy.find.kinds import EMAIL, Span
from rejoinder.privacy.find.listed import listed

_FREE = (
    "gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|live|msn|aol|btinternet|virginmedia|"
    "ntlworld|talktalk|sky|protonmail|proton|gmx|mail|me|tiscali|blueyonder"
)
_LOCAL = r"[0-9A-Za-z_][\w.+%'\x01-]*"
_SPOKEN = r"[0-9A-Za-z_][\w.+%'-]*(?:\s(?:dot|underscore|dash|hyphen)\s[\w.+%'-]+){0,3}"
_OPEN, _CLOSE = r"[\[({<*_|~-]", r"[\])}>*_|~-]"
_AT = rf"\s?{_OPEN}\s?(?:at|@|a)\s?{_CLOSE}\s?"
_DOT = rf"(?:\s?{_OPEN}\s?(?:dot|\.|d0t)\s?{_CLOSE}\s?|\s(?:dot|d0t)\s|\.|\s\.\s)"
_LABELS = rf"[A-Za-z0-9\x01-]+(?:{_DOT}[A-Za-z0-9\x01-]+)"
_TLD = r"(?:com|co\suk|co|org|net|uk|ie|de|fr|me|io|eu|info|edu|gov|ac|biz|us)"

# With its sign: spaces on both sides of it, or none before it (a handle has one there).
_SIGNED = rf"{_LOCAL}@[A-Za-z0-9\x01-]+(?:\.[A-Za-z0-9\x01-]+)+"
_SPACED = (
    rf"{_LOCAL}\s?@\s[A-Za-z0-9\x01-]+(?:(?:\.|\s\.\s)[A-Za-z0-9\x01-]+)*(?:\.|\s\.\s){_TLD}\b"
)
_TYPO = rf"{_LOCAL}@[A-Za-z0-9-]+(?:,|\.\s|\s\.|\s)(?:com|co\.uk|co\suk|org|net)\b"
_APART = rf"\b{_LOCAL}\s@(?:{_FREE})\.[A-Za-z.]+"
_BARE = rf"\b{_LOCAL}@(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|btinternet)\b"
_BRACKETS = rf"\b{_SPOKEN}{_AT}{_LABELS}+"
_MIXED = rf"\b{_SPOKEN}\s?@\s?[A-Za-z0-9-]+(?:\s(?:dot|d0t)\s[A-Za-z0-9-]+)+"
_DOTS = rf"(?:\s(?:dot|d0t)\s|\s?{_OPEN}\s?(?:dot|d0t|\.)\s?{_CLOSE}\s?)"
_WORDS = rf"\b{_SPOKEN}\s(?:at|@)\s[A-Za-z0-9-]+(?:{_DOTS}[A-Za-z0-9-]+){{0,2}}{_DOTS}{_TLD}\b"
_KNOWN = rf"\b{_SPOKEN}\sat\s(?:{_FREE})\.[a-z]{{2,3}}(?:\.uk)?\b"
_NAMED = (
    r"\be-?mail(?:ed)?(?:\s(?:me|us|address|is|at|on|to|me\sat|me\son|address\sis|is\sat))?:?\s"
    rf"(?P<named>{_SPOKEN}\sat\s[A-Za-z0-9-]+(?:\.[A-Za-z]+)+)\b"
)
_PERSON = rf"\b{_LOCAL}\sat\s[A-Za-z0-9-]+(?:\.[A-Za-z]{{2,}})+\b"
_ALL = (_SIGNED, _SPACED, _TYPO, _BRACKETS, _MIXED, _WORDS, _KNOWN, _NAMED, _APART, _BARE, _PERSON)
PATTERN = f"(?i)(?:{'|'.join(_ALL)})".replace("(?P<named>", "(?:")
_PATTERNS = tuple(re2.compile(f"(?i){one}") for one in _ALL)
_FIRST_WORD = re2.compile(r"[A-Za-z]+")
_LAST_LABEL = re2.compile(r"[^0-9A-Za-z][A-Za-z\x01]{2,}$")
_NO_NAMES = listed(
    """
    only just now today online live best sale both people guys look looking looked me us you him
    her them is are was were it here there shop store sold bought available out up down over
    back on in of the and or see seen more info details contact page site website app deal deals
    offer offers price prices not
    """
)


def emails(post: str, own: Collection[str]) -> Iterator[Span]:
    """E-mail addresses; `own` are published ones, in small letters, which stay."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(post):
            start, end = found.span(pattern.groups)  # the last group: of one, the address alone
            end = _sentence_end(post, start, end)
            said = post[start:end]
            if pattern is _PATTERNS[-1] and not _of_a_person(said):
                continue
            if _is_address(post, start, said) and said.lower() not in own:
                yield Span(start, end, EMAIL)


def _sentence_end(post: str, start: int, end: int) -> int:
    while end > start and not post[end - 1].isalnum():
        end -= 1
    return end


def _of_a_person(said: str) -> bool:
    """Bob at example.com, but not: the shop at example.com."""
    first = _FIRST_WORD.search(said)
    return first is not None and first.group().lower() in FIRST_NAMES


def _is_address(post: str, start: int, said: str) -> bool:
    """No handle of a network of many servers (@name@server), no price and no version."""
    if start and post[start - 1] in "@/":
        return "/" in post[start - 1] and "@" in said
    local = said.split("@", maxsplit=1)[0]
    if "@" in said and not any(map(str.isalpha, local)) and said != said.replace(" ", ""):
        return False
    plain = "@" not in said and not any(sign in said for sign in "[({<*_|~")
    if plain and said.split(maxsplit=1)[0].lower() in _NO_NAMES:
        return False
    return bool(_LAST_LABEL.search(said))
