"""Whether digits are a number of a phone, a subscription, a device or a SIM card."""

from collections.abc import Sequence
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType as Type

from rejoinder.privacy.find.card import luhn

LONGEST = 15  # digits of an international number (ITU-T E.164, 6.1)
_WHOLE = 10  # digits of a number that no plan knows
SHORTEST = 7  # digits of a number that is only known by its name
_MOBILE = frozenset((Type.MOBILE, Type.FIXED_LINE_OR_MOBILE, Type.PERSONAL_NUMBER, Type.PAGER))
_PUBLIC = frozenset((Type.TOLL_FREE, Type.PREMIUM_RATE, Type.SHARED_COST, Type.UAN))
# Mobile network codes in use in the United Kingdom (ITU Operational Bulletin, E.212 annex).
_NETWORKS = tuple(
    f"{country}{network}"
    for country, networks in (
        ("234", "01 02 03 08 09 10 11 14 15 16 18 19 20 22 24 26 27 30 31 32 33 34 36 38 50 55 58"),
        ("235", "91 94 95"),
    )
    for network in networks.split()
)
# Who gives out the first two digits of a device's number (GSMA TS.06): those of nearly all phones.
_BODIES = ("35", "86", "99", "01")


@lru_cache(1 << 14)
def is_number(digits: str) -> bool:
    """Digits after a plus or after 00 that some country may give to a private person.

    Numbers that are not given out yet are taken too, as long as they are whole.
    """
    found = _parsed(f"+{digits}", None)
    if found is None or not phonenumbers.is_valid_number(found):
        return found is not None and len(digits) >= _WHOLE and _is_possible(found)
    return _kind(found) not in _PUBLIC


@lru_cache(1 << 14)
def is_mobile(digits: str, countries: Sequence[str]) -> bool:
    """Bare digits that are a mobile number of these countries, as dialled abroad or at home."""
    return any(_is_mobile_of(digits, country) for country in countries)


@lru_cache(1 << 14)
def may_be_number(digits: str, countries: Sequence[str]) -> bool:
    """Bare digits under a name that promises a phone number."""
    if not SHORTEST < len(digits) <= LONGEST + 2:
        return False
    if is_number(digits.removeprefix("00")) and len(digits) > 9:
        return True
    return any(_is_valid(_parsed(digits, country)) for country in countries)


def is_imsi(digits: str) -> bool:
    """A subscription of a network of the United Kingdom."""
    return len(digits) == 15 and digits.startswith(_NETWORKS)


def is_imei(digits: str) -> bool:
    """Fifteen digits, the last of them the check digit."""
    return len(digits) == 15 and digits.startswith(_BODIES) and luhn(digits)


def is_iccid(digits: str) -> bool:
    """89, a country, and a check digit at the end of nineteen or twenty."""
    return len(digits) in {19, 20} and digits.startswith("8944") and luhn(digits)


def is_drama(digits: str) -> bool:
    """One of Ofcom's mobile numbers for drama, 07700 900000 to 900999: the numbers of tests."""
    return len(digits) in {11, 12} and digits[:-3].removeprefix("44").lstrip("0") == "7700900"


def _is_mobile_of(digits: str, country: str) -> bool:
    code = str(phonenumbers.country_code_for_region(country))
    abroad = digits.removeprefix("00") if digits.startswith("00") else digits
    if abroad.startswith(code):
        found = _parsed(f"+{abroad}", None)
    elif digits.startswith("0"):
        found = _parsed(digits, country)
    else:
        return False
    if found is None or _is_drama(found):
        return found is not None
    # By calling code: 07911 and others are Jersey's or Guernsey's, and dialled as British ones.
    return found.country_code == int(code) and _is_valid(found) and _kind(found) in _MOBILE


def _is_drama(found: phonenumbers.PhoneNumber) -> bool:
    return is_drama(f"{found.country_code}{found.national_number}")


def _is_valid(found: phonenumbers.PhoneNumber | None) -> bool:
    return found is not None and bool(phonenumbers.is_valid_number(found))


def _is_possible(found: phonenumbers.PhoneNumber) -> bool:
    return bool(phonenumbers.is_possible_number(found))


def _parsed(number: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None


def _kind(found: phonenumbers.PhoneNumber) -> int:
    return int(phonenumbers.number_type(found))
