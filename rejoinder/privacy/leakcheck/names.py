"""What the name of a header, a parameter or a cookie says of its value."""

import re
from functools import lru_cache
from typing import NamedTuple

from rejoinder.privacy.leakcheck.listed import (
    HEADERS,
    LINES,
    OTHERS,
    PHONES,
    PSEUDONYMS,
    SAYS,
    VENDORS,
)
from rejoinder.privacy.leakcheck.shapes import CONTEXT, MSISDN, TRACKING

PHONE = "phone"  # it may be a number
OTHER = "other"  # it is a number of something else
CUSTOM = "custom"  # a header of somebody's own
SILENT = ""

_HUMP = re.compile(r"([a-z])([A-Z])")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST = 200  # characters of a name that are read


class Said(NamedTuple):
    """`kind` is a class or one of the above; `alone` if an opaque value is a finding too."""

    kind: str
    alone: bool = False


@lru_cache(4096)
def header(name: str) -> Said:
    """Of a header: the list first, then the words in its name."""
    plain = canonical(name)
    if plain in HEADERS:
        return Said(HEADERS[plain], alone=True)
    said = _words(plain)
    if said.kind in {SILENT, OTHER, PHONE} and plain.startswith(VENDORS):
        if "bearer" in plain or "roaming" in plain:
            return Said(CONTEXT, alone=True)
        if plain.replace("-", "").endswith(PSEUDONYMS):
            return Said(TRACKING, alone=True)
    if said.kind == SILENT and plain.startswith("x-"):
        return Said(CUSTOM)
    return Said(said.kind, alone=said.kind in SAYS.values())


@lru_cache(4096)
def parameter(name: str) -> Said:
    """Of a parameter, a cookie or a field; only a name that no site would choose speaks alone."""
    plain = canonical(name)
    kind = HEADERS.get(plain)
    if kind and (plain.startswith(("x-", "y-")) or "msisdn" in plain):
        return Said(kind, alone=True)
    return _words(plain)


def canonical(name: str) -> str:
    """Lower case, words apart by one dash: X_Up_CallingLineID and HTTP_X_UP_… are the same."""
    humps = _HUMP.sub(r"\1-\2", name[:_LONGEST]).lower()
    return _NO_WORD.sub("-", humps).strip("-").removeprefix("http-")


def _words(plain: str) -> Said:
    words = plain.split("-")
    for word in words:
        if word in SAYS:
            return Said(SAYS[word])
    joined = "".join(words)
    if any(line in joined for line in LINES):
        return Said(MSISDN)
    if joined in OTHERS or not OTHERS.isdisjoint(words):
        return Said(OTHER)
    if joined in PHONES or not PHONES.isdisjoint(words):
        return Said(PHONE)
    return Said(SILENT)
