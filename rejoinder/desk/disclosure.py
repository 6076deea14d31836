"""Whether somebody who works for us, or is paid by us, says so where they speak of us. Pure.

Who is paid has to make it plain: in the United Kingdom the CAP Code 2.1 and 2.3 (“#ad”), in the
European Union the Unfair Commercial Practices Directive 2005/29, annex I, number 11; in Germany UWG
section 5a (4) (“Werbung” or “Anzeige”). For staff it is good manners, and the same rules where they
advertise.
"""

import re
from enum import StrEnum


class Tie(StrEnum):
    """What binds somebody to the organisation."""

    STAFF = "staff"
    PARTNER = "partner"  # paid, or given something, for what they post


_PAID = re.compile(
    r"(?<!\w)#?(?:ad|advert|advertisement|paid\s?partnership|sponsored|anzeige|werbung|gesponsert|"
    r"bezahlte\s+partnerschaft)(?!\w)",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"(?<!\w)(?:i\s+(?:work|am\s+working)\s+(?:for|at|with)|i(?:['’]m|\s+am)\s+(?:an?\s+)?"
    r"(?:employee|engineer|advisor)\s+(?:of|at|for)|my\s+employer|ich\s+arbeite\s+(?:bei|für)|"
    r"mein\s+arbeitgeber|als\s+mitarbeiter(?:in)?)(?!\w)",
    re.IGNORECASE,
)
_ASKS = {
    ("en", Tie.STAFF): "Thank you for speaking up. As you work with us, please say so in the post.",
    ("en", Tie.PARTNER): "Thank you. As we pay you for it, please mark the post as an ad.",
    ("de", Tie.STAFF): "Danke dafür. Da du bei uns arbeitest, sag es bitte im Beitrag dazu.",
    ("de", Tie.PARTNER): "Danke. Da wir dafür bezahlen, kennzeichne den Beitrag bitte als Werbung.",
}


def discloses(text: str, tie: Tie) -> bool:
    """Whether a post says what binds its author to us; staff may mark it as an ad just as well."""
    return bool(_PAID.search(text)) or (tie == Tie.STAFF and bool(_STAFF.search(text)))


def asking(tie: Tie, language: str) -> str:
    """The words to remind them with, in German or English."""
    return _ASKS["de" if language.startswith("de") else "en", tie]


def same(kept: str, handle: str) -> bool:
    """Whether a handle is the one that was kept, with or without its @, whatever its case."""
    return plain(kept) == plain(handle) != ""


def plain(handle: str) -> str:
    """As handles are compared."""
    return handle.strip().removeprefix("@").casefold()
