"""What stands right before a number: words that say what it is, or a link that it belongs to.

Only what touches a number counts, never a word further off: so a text that was masked once gives
nothing new when it is masked again.
"""

from functools import lru_cache

import re2

NEAR = 60  # characters looked back

_NUMBER_OF = re2.compile(
    r"(?i)(?:\b(?:order|ref|reference|tracking|ticket|case|invoice|serial|imei|imeisv|meid|parcel|"
    r"consignment|booking|confirmation|account|acct|acc|a/c|policy|customer|job|complaint|"
    r"incident|transaction|model|sku|puk|iccid|sim|meter|mprn|mpan|voucher|id|isbn|barcode|"
    r"tweet|status|reg|flight|membership|card)"
    r"(?:[\s:]*(?:number|numbers|no|num|nr|id|ref|reference|code))?|#)"
    r"[\s.:=#(-]*(?:is|was|are|of)?[\s.:=#(-]*$"
)
_CALLED = re2.compile(
    r"(?i)\b(?:(?:call|ring|text|phone|reach|contact|whatsapp|message|txt|dial|answering)\W{0,3}"
    r"(?:(?:me|us|her|him|them|back|please|now|today)\W{0,3}){0,3}(?:on|at|via)?|"
    r"(?:my|our|her|his|their|the)\W(?:\w{1,12}\W){0,2}(?:number|no|num|mobile|mob|cell|landline|phone)"
    r"(?:\W(?:number|no))?|"
    r"(?:tel|telephone|phone|mob|mobile|cell|landline)(?:\W(?:number|no))?)"
    r"\W{0,3}(?:(?:is|was|it's|its|on|now)\W{0,3}){0,2}$"
)
_IMEI = re2.compile(
    r"(?i)\b(?:imei|imeisv|meid|iccid|serial|sim|tracking)\W{0,3}"
    r"(?:(?:number|no|num|is|was|card|code|ref|reference)\W{0,3}){0,3}$"
)
_SORT = re2.compile(r"(?i)\b(?:sort|s/c)[\s-]?(?:code)?\W{0,3}(?:(?:is|was)\W{0,3})?$")
_BANK_ACCOUNT = re2.compile(
    r"(?i)\bbank\W(?:account|acc|acct|a/c)?\W{0,3}(?:(?:number|no|num|is|was)\W{0,3}){0,2}$"
)
_OPENING = re2.compile(r"(?i)(?:\(?\+\s?\(?|\bplus\s+|\()$")
_OPENS = frozenset("+(sS")  # the last letter of "plus" too
_OPENS_CHAT = ("wa.me/", "tel:", "sms:", "phone=", "wa.me/+", "tel:+", "sms:+", "phone=+")
_OPAQUE = "\x03"


def before(post: str, at: int) -> str:
    """The characters before a place, as far back as they count."""
    return post[max(0, at - NEAR) : at].rpartition(_OPAQUE)[2]


@lru_cache(maxsize=256)  # the windows of one number share what stands before it
def _ends(words: "re2._Regexp", text: str) -> bool:
    return bool(words.search(text))


def numbered(post: str, at: int) -> bool:
    """Whether the words say that this is an order, a ticket, a device and the like."""
    return _ends(_NUMBER_OF, before(post, at))


def called(post: str, at: int) -> bool:
    """Whether the words say that this is a number to call."""
    return _ends(_CALLED, before(post, at))


def device(post: str, at: int) -> bool:
    """Whether the words say that this names a device, a SIM or a parcel."""
    return _ends(_IMEI, before(post, at))


def sort_code(post: str, at: int) -> bool:
    """Whether the words say that this is a sort code."""
    return _ends(_SORT, before(post, at))


def bank_account(post: str, at: int) -> bool:
    """Whether the words say that this is a bank account."""
    return _ends(_BANK_ACCOUNT, before(post, at))


def price(post: str, at: int) -> bool:
    """Whether a sign of money stands before."""
    return before(post, at)[-2:].rstrip().endswith("$")


def opening(post: str, at: int) -> int:
    """Where a number begins that may have a plus or a bracket before its first digit."""
    head = before(post, at)
    if head[-2:].strip()[-1:] not in _OPENS:
        return at
    found = _OPENING.search(head)
    return at - (found.end() - found.start()) if found else at


def plus(post: str, at: int) -> bool:
    """Whether a plus stands before, as a sign or as a word."""
    return any(sign in post[opening(post, at) : at].lower() for sign in ("+", "plus"))


def in_link(post: str, at: int) -> bool:
    """Whether this is part of an address or a handle, and not one that opens a call or a chat."""
    head = post[max(0, at - 300) : at]
    word = head.split()[-1] if head and not head[-1].isspace() else ""
    if word.lower().endswith(_OPENS_CHAT):
        return False
    handle = word.rpartition("@")[2] if "@" in word else "-"
    return "://" in word or word.lower().startswith("www.") or handle.replace("_", "a").isalnum()
