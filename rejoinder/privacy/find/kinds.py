"""The kinds of personal data that are found, a closed list, and where one stands in a text."""

from msgspec import Struct

PHONE = "phone"
EMAIL = "email"
POSTCODE = "postcode"
ADDRESS = "address"
CARD = "card"
BANK = "bank"
NATIONAL_INSURANCE = "national-insurance"
BIRTH = "birth"
NAME = "name"
ACCOUNT = "account"

# What each is called in a marker and on the pages, and what counts as one.
KINDS: dict[str, tuple[str, str]] = {
    CARD: ("card number", "a payment card: its length and first digits fit, and Luhn's digit"),
    BANK: ("bank details", "a sort code, an account number beside one, an IBAN"),
    EMAIL: ("e-mail address", "with @, or spelled: [at], (at), AT … DOT"),
    NATIONAL_INSURANCE: ("National Insurance number", "two letters, six digits, A to D"),
    PHONE: ("phone number", "a number that a private person may have, in any spelling"),
    POSTCODE: ("postcode", "a whole postcode of the United Kingdom"),
    ADDRESS: ("address", "a house number and a street, with flat and town"),
    BIRTH: ("date of birth", "a date that is said to be one"),
    NAME: ("name", "of a private person, where the words around it say so"),
    ACCOUNT: ("account or order number", "what the organisation's own patterns describe"),
}
RANK = {kind: place for place, kind in enumerate(KINDS)}


class Span(Struct, frozen=True, gc=False):
    """Where personal data stands: Unicode code points, the end exclusive."""

    start: int
    end: int
    kind: str


def apart(spans: list[Span]) -> tuple[Span, ...]:
    """Sorted and not overlapping: what overlaps is one, of the kind that stands first in KINDS."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if kept and span.start < kept[-1].end:
            other = kept.pop()
            kind = min(other.kind, span.kind, key=RANK.__getitem__)
            span = Span(other.start, max(other.end, span.end), kind)  # noqa: PLW2901  # grown
        kept.append(span)
    return tuple(kept)
