"""Numbers that are given: their spellings, and what they look like hashed."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import phonenumbers

MOST = 1_000_000  # numbers of all ranges together; hashed, they take some 1.5 GB
_LEAST = 8  # digits of a number without its country that is looked for anywhere
# Ofcom's mobile numbers for drama; no subscriber has one.
DRAMA = (447700900000, 447700900999)
_MADE_BY = {"md5": hashlib.md5, "sha1": hashlib.sha1, "sha256": hashlib.sha256}
_SIZES = frozenset((16, 20, 32))  # bytes


class BadNumberError(ValueError):
    """What was given is no number, or no range of them; the message says which."""


class Known:
    """Numbers by their digits after the plus; `ranges` from and to, both included."""

    def __init__(
        self, numbers: Sequence[str] = (), ranges: Sequence[tuple[int, int]] = (DRAMA,)
    ) -> None:
        """Raises BadNumberError when the ranges hold more than MOST numbers."""
        if sum(last - first + 1 for first, last in ranges) > MOST:
            raise BadNumberError(f"Ranges of more than {MOST:,} numbers cannot be looked for.")
        self._numbers = tuple(numbers)
        self._ranges = tuple(ranges)
        self._cores = tuple({_core(one) for one in numbers if len(_core(one)) >= _LEAST})

    def within(self, digits: str) -> bool:
        """Whether a number that was given stands in these digits."""
        return any(core in digits for core in self._cores)

    def hashed(self, digest: bytes) -> str:
        """Which hash of a known number this is; empty when of none."""
        return self._digests.get(digest, "")

    @cached_property
    def _digests(self) -> dict[bytes, str]:
        """Made when the first value looks like a hash."""
        spelled = [form.encode() for number, core in self._all() for form in forms(number, core)]
        return {
            make(form, usedforsecurity=False).digest(): name
            for name, make in _MADE_BY.items()
            for form in spelled
        }

    def _all(self) -> Iterator[tuple[str, str]]:
        """Every number, with its country and without."""
        for number in self._numbers:
            yield number, _core(number)
        for first, last in self._ranges:
            code = len(str(first)) - len(_core(str(first)))
            for number in map(str, range(first, last + 1)):
                yield number, number[code:]


def is_size(length: int) -> bool:
    """Whether a hash has so many bytes."""
    return length in _SIZES


def forms(number: str, core: str) -> Iterable[str]:
    """How the digits of an international number are written before they are hashed."""
    return (number, f"+{number}", f"00{number}", f"0{core}", core)


def read(text: str, country: str) -> str:
    """The digits after the plus of a number as somebody wrote it. Raises BadNumberError."""
    try:
        found = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        found = None
    if found is None or not phonenumbers.is_possible_number(found):
        raise BadNumberError(f"{text!r} is no phone number.")
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def read_range(text: str, country: str) -> tuple[int, int]:
    """The first and last of FIRST-LAST. Raises BadNumberError."""
    first, dash, last = text.rpartition("-")
    if not dash:
        raise BadNumberError(f"{text!r} is no range; write FIRST-LAST.")
    numbers = int(read(first, country)), int(read(last, country))
    if numbers[0] > numbers[1]:
        raise BadNumberError(f"{text!r} ends before it begins.")
    return numbers


def _core(number: str) -> str:
    """The number without its country."""
    try:
        return str(phonenumbers.parse(f"+{number}").national_number)
    except phonenumbers.NumberParseException:
        return number
