"""The question to the organisation's system, as it is signed, and the answer, as it is read. Pure.

The signature is HMAC-SHA256 (RFC 2104) over a word of our own, the second, a nonce and the body;
`docs/extend/customer.md` is the contract.
"""

import hashlib
import hmac

import msgspec

HEADER = "Rejoinder-Customer"
LARGEST = 20_000  # bytes of an answer
MOST = 20  # facts that are shown
_WORD = "rejoinder-customer-request-1"
_LABEL, _VALUE = 60, 300


class Question(msgspec.Struct, frozen=True):
    """Whom it is about: their account on a channel. `reference` is of the identity check that they
    passed lately; empty, nothing personal may be told.
    """

    conversation: str
    channel: str
    external_id: str
    handle: str
    reference: str


class Fact(msgspec.Struct, frozen=True):
    """One line. What is `personal` is shown only of somebody who proved who they are."""

    label: str
    value: str
    personal: bool = True


class Facts(msgspec.Struct, frozen=True):
    """What is known; `hidden` counts what was told and may not be shown."""

    facts: tuple[Fact, ...] = ()
    hidden: int = 0


class BadFactsError(ValueError):
    """The answer is no list of facts."""


class _Answer(msgspec.Struct, frozen=True):
    facts: list[Fact]


def signature(secret: str, at: int, nonce: str, body: bytes) -> str:
    """The header of a request: `t=…,n=…,v1=…`."""
    signed = f"{_WORD}\n{at}\n{nonce}\n".encode() + body
    mac = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={at},n={nonce},v1={mac}"


def read(body: bytes, *, proved: bool) -> Facts:
    """What may be shown. Raises BadFactsError for anything that is no such answer."""
    if len(body) > LARGEST:
        raise BadFactsError
    try:
        told = msgspec.json.decode(body, type=_Answer).facts
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        raise BadFactsError from None
    may = [each for each in told if proved or not each.personal]
    shown = tuple(_clean(each) for each in may[:MOST] if each.label.strip())
    return Facts(shown, hidden=len(told) - len(may))


def _clean(fact: Fact) -> Fact:
    return Fact(_line(fact.label)[:_LABEL], _line(fact.value)[:_VALUE], fact.personal)


def _line(text: str) -> str:
    """On one line, without what turns the order of letters around or cannot be seen."""
    return " ".join("".join(each for each in text if each.isprintable() or each == " ").split())
