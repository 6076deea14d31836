"""What identifiers stand in a text, by their digits and by the words before them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rejoinder.privacy.leakcheck import names, plan, unpack
from rejoinder.privacy.leakcheck.known import Known
from rejoinder.privacy.leakcheck.names import CUSTOM, OTHER, PHONE, SILENT, Said
from rejoinder.privacy.leakcheck.shapes import ICCID, IMEI, IMSI, MSISDN, PLAIN, SPACED, TBCD

# Letters, dots and dashes on either side belong to something longer: a version, a UUID, a code.
_NUMBER = re.compile(
    r"(?<![\w.+-])(?:\(?(\+))?\(?"
    r"([0-9](?:[ .\-()/\u00a0]{0,2}[0-9]){6,20})(?!\w)(?![.-]\w)"
)
_LOOSE = re.compile(r"[0-9](?:[ .\-()/\u00a0]{0,2}[0-9]){7,20}")
_DOTTED = re.compile(r"[0-9]+\.[0-9]+|[0-9]+(?:\.[0-9]+){3,}")  # a fraction, an address, a version
_DIGITS = re.compile(r"[0-9](?:[ .\-()/\u00a0]{0,2}[0-9]){6}")  # fewer are nobody's
_GAP = re.compile(r"[^0-9]+")
# A name right before a value, as in JSON, a form, a list of pairs or a path.
_BEFORE = re.compile(
    r"""([A-Za-z_][\w.-]{0,39})(?:["']?\s{0,2}[=:/]\s{0,2}\[?\s{0,2}["'<]?|"[^"\n]{0,80}\r?\n\r?\n)\(?\+?$"""
)
_OPENERS = frozenset("=:/[\"'<(+ \n")
_LOOK_BACK = 160  # characters
_DEVICE = re.compile(r"(?i)\b(imei|sn)[:=/ ]{0,2}([0-9][0-9-]{13,17})(?![0-9])")
_REALM = re.compile(r"(?<![0-9])[0-9]?([0-9]{15})@[\w.-]{0,60}3gppnetwork\.org")
_ALONE = 10  # digits in one piece that may be a number beside others
_IDENTITIES = {IMSI: range(14, 16), IMEI: range(14, 18), ICCID: range(18, 21)}


class Found(NamedTuple):
    """An identifier: its class, how it is written, and the name right before it."""

    kind: str
    encoding: str
    name: str = ""


class Judge:
    """Judges texts by the plans of these countries, and by numbers that are known."""

    def __init__(self, countries: Sequence[str], known: Known) -> None:
        self._countries = tuple(countries)
        self._known = known

    def plain(self, text: str, said: Said, *, sure: bool = False) -> Iterator[Found]:
        """What stands there as digits; `sure` where packing alone says it is no order number."""
        if not _DIGITS.search(text):
            return
        for found in _NUMBER.finditer(text):
            name = name_before(text, found.start())
            outer = Said(SILENT) if sure and said.kind == OTHER else said
            own = names.parameter(name) if name else outer
            if judged := self._number(found[2], own, plus=bool(found[1])):
                yield Found(*judged, name)
        yield from _by_words(text)
        for found in _LOOSE.finditer(text):
            if self._known.within(_GAP.sub("", found[0])):
                yield Found(MSISDN, _spelled(found[0]), name_before(text, found.start()))

    def swapped(self, text: str, said: Said) -> Iterator[Found]:
        """What stands there as telephony BCD."""
        for digits, at in unpack.swapped(text):
            name = name_before(text, at)
            own = names.parameter(name) if name else said
            if kind := self.digits(digits, own):
                yield Found(kind, TBCD, name)

    def in_bytes(self, raw: bytes, said: Said) -> str:
        """The class of what bytes say as telephony BCD; empty when they say nothing."""
        digits = unpack.in_bytes(raw)
        return self.digits(digits, said) if digits else ""

    def digits(self, digits: str, said: Said) -> str:
        """The class of digits in one piece; empty when they are nobody's."""
        if self._known.within(digits):
            return MSISDN
        if said.kind == OTHER:
            return ""
        if said.kind in _IDENTITIES and len(digits) in _IDENTITIES[said.kind]:
            return said.kind
        if self._is_phone(digits, said):
            return MSISDN
        return _identity(digits, said)

    def _number(self, written: str, said: Said, *, plus: bool) -> tuple[str, str] | None:
        digits = _GAP.sub("", written)
        if _DOTTED.fullmatch(written) and not self._known.within(digits):
            return None
        if plus and plan.is_number(_without_zero(digits, written)):
            return MSISDN, _spelled(written)
        spelled = _spelled(written)
        if kind := self.digits(digits, said):
            return kind, TBCD if self._is_better_swapped(digits) else spelled
        for piece in _GAP.split(written) if spelled == SPACED else ():
            if len(piece) >= _ALONE and (kind := self.digits(piece, said)):
                return kind, PLAIN
        return None

    def _is_better_swapped(self, digits: str) -> bool:
        """447700091032 may be somebody's; 447700900123 is the number of a test."""
        return not self._is_test(digits) and any(map(self._is_test, unpack.readings(digits)))

    def _is_test(self, digits: str) -> bool:
        return plan.is_drama(digits) or self._known.within(digits)

    def _is_phone(self, digits: str, said: Said) -> bool:
        if plan.is_mobile(_without_zero(digits, digits), self._countries):
            return True
        if said.kind == PHONE:
            return plan.may_be_number(digits, self._countries)
        short = len(digits) <= plan.LONGEST + 2 and len(set(digits)) > 1
        return said.kind == MSISDN and short and not plan.is_imsi(digits)


def name_before(text: str, at: int) -> str:
    """The name whose value begins here; empty when none does."""
    if not at or text[at - 1] not in _OPENERS:
        return ""
    found = _BEFORE.search(text[max(0, at - _LOOK_BACK) : at])
    return found[1] if found else ""


def _by_words(text: str) -> Iterator[Found]:
    for found in _DEVICE.finditer(text):
        digits = found[2].replace("-", "")
        said = found[1].lower() == "imei" and len(digits) in _IDENTITIES[IMEI]
        if said or plan.is_imei(digits):  # SN stands before many other numbers
            yield Found(IMEI, _spelled(found[2]), name_before(text, found.start(2)))
    for _ in _REALM.finditer(text):
        yield Found(IMSI, PLAIN)


def _identity(digits: str, said: Said) -> str:
    if plan.is_imsi(digits):
        return IMSI
    if said.kind == CUSTOM and plan.is_imei(digits):  # one number in ten has a right check digit
        return IMEI
    return ICCID if plan.is_iccid(digits) else ""


def _spelled(written: str) -> str:
    return PLAIN if written.isdecimal() else SPACED


def _without_zero(digits: str, written: str) -> str:
    """+44 (0)7700 900123 has a zero that is not dialled from abroad."""
    if digits.startswith("440") and len(digits) == 13:
        return "44" + digits[3:]
    return digits
