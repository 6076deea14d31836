"""Which numbers the desk dials: ordinary ones of our own country, in E.164.

Anybody may give a number and ask to be called on it, so what costs whoever calls (premium, shared
cost, personal numbers) and what leads abroad is dialled by a person who has looked at it. Pure.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumberType as Type

ORDINARY = frozenset(
    {Type.FIXED_LINE, Type.MOBILE, Type.FIXED_LINE_OR_MOBILE, Type.TOLL_FREE, Type.VOIP}
)
# A way out: a technology, a place for the number, and a trunk; nothing that adds to a dial string.
WAY_OUT = re.compile(r"[A-Za-z0-9]{2,10}/[\w.@+-]{0,60}\{number\}[\w.@+-]{0,60}", re.ASCII)
# One telephone at the exchange: no number and no trunk can be named, so it leads to a desk alone.
EXTENSION = re.compile(r"(PJSIP|SIP)/[A-Za-z0-9_.-]{1,40}", re.ASCII)


class NotDialledError(ValueError):
    """A person has to dial it, if anybody; `why` is "unreadable", "abroad" or "costly"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def dialled(told: str, country: str) -> str:
    """The number in E.164; `country` has two letters and is ours. Raises NotDialledError."""
    try:
        found = phonenumbers.parse(told, country)
    except phonenumbers.NumberParseException:
        raise NotDialledError("unreadable") from None
    if not phonenumbers.is_valid_number(found):
        raise NotDialledError("unreadable")
    if found.country_code != phonenumbers.country_code_for_region(country):
        raise NotDialledError("abroad")
    if phonenumbers.number_type(found) not in ORDINARY:
        raise NotDialledError("costly")
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))


def is_country(typed: str) -> bool:
    """Whether these two letters are a country that has numbers."""
    return typed in phonenumbers.SUPPORTED_REGIONS
