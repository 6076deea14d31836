"""What a value may be the packing of: percent, base64, hexadecimal, telephony BCD."""

import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from rejoinder.privacy.leakcheck.shapes import BASE64, BASE64URL, HEX, PERCENT, PLAIN, TWICE

_ROUNDS = 4  # of percent-encoding
_TOKEN = 8192  # characters of one packed value
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,}(?:={0,2})(?![A-Za-z0-9+/_=-])")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0[xX])?([0-9A-Fa-f]{12,})(?![0-9A-Za-z])")
_BCD = re.compile(r"(?<![\w.+-])([0-9]{7,21}[0-9fF][0-9])(?![0-9A-Za-z])")
_INTERNATIONAL = "91"  # type of number and plan before the digits (3GPP TS 24.008, 10.5.4.7)
_TBCD_BYTES = range(5, 12)
_PRINTABLE = bytes((9, 10, 13, *range(32, 127)))


class Text(NamedTuple):
    """A value after unpacking. `raw` are bytes that are no text: perhaps a hash."""

    encoding: str
    text: str
    raw: bytes = b""


def unquoted(value: str, *, form: bool) -> Iterator[Text]:
    """The value without percent-encoding; once more with each plus of a form as a space."""
    yield _unquoted(value)
    if form and "+" in value:
        yield _unquoted(value.replace("+", " "))


def packed(text: str) -> Iterator[tuple[Text, int]]:
    """What stands packed in a text, and where it begins."""
    for found in _HEX.finditer(text):
        if len(found[1]) % 2 == 0 and len(found[1]) <= _TOKEN:
            yield _read(HEX, bytes.fromhex(found[1])), found.start()
    for found in _BASE64.finditer(text):
        if len(found[0]) <= _TOKEN and (raw := _from_base64(found[0])) is not None:
            yield _read(_which(found[0]), raw), found.start()


def swapped(text: str) -> Iterator[tuple[str, int]]:
    """Digits that stand as telephony BCD in a text, and where they begin."""
    for found in _BCD.finditer(text):
        for digits in readings(found[1]):
            yield digits, found.start()


def readings(token: str) -> list[str]:
    """What a token says as telephony BCD, with a type of number before the digits or without."""
    tokens = dict.fromkeys((token, token.removeprefix(_INTERNATIONAL)))
    return [digits for one in tokens if (digits := unswapped(one))]


def unswapped(token: str) -> str:
    """447700091032 is 447700900123; a last F fills up. Empty when it is no such thing."""
    if len(token) % 2 or not token:
        return ""
    pairs = "".join(token[at + 1] + token[at] for at in range(0, len(token), 2))
    digits = pairs[:-1] if pairs[-1] in "fF" else pairs
    return digits if digits.isdecimal() else ""


def in_bytes(raw: bytes) -> str:
    """The digits of telephony BCD that is not written out; empty when it is no such thing."""
    return unswapped(raw.hex()) if len(raw) in _TBCD_BYTES else ""


def _unquoted(value: str) -> Text:
    encoding = PLAIN
    for round_ in range(_ROUNDS):
        if "%" not in value or (less := unquote(value, errors="replace")) == value:
            break
        value, encoding = less, TWICE if round_ else PERCENT
    return Text(encoding, value)


def _read(encoding: str, raw: bytes) -> Text:
    if raw.translate(None, _PRINTABLE):
        return Text(encoding, "", raw)
    return Text(encoding, raw.decode("ascii"))


def _which(token: str) -> str:
    of_addresses = "-" in token or "_" in token or (len(token) % 4 and "=" not in token)
    return BASE64URL if of_addresses else BASE64


def _from_base64(token: str) -> bytes | None:
    bare = token.rstrip("=").replace("-", "+").replace("_", "/")
    if len(bare) % 4 == 1:
        return None
    try:
        return binascii.a2b_base64(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None
