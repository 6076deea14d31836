"""The two messages of an identity check, as they are signed: ours out, theirs back. Pure.

Both carry the reference, the second in which they were signed and a number used once. The signature
is HMAC-SHA256 over all of it (RFC 2104), compared in constant time. `docs/extend/identity.md` is
the contract.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlencode, urlsplit

import msgspec

SKEW = 300  # seconds that two clocks may be apart
LARGEST = 4096  # bytes of an answer
_OUT, _BACK = "rejoinder-identity-request-1", "rejoinder-identity-answer-1"
_ASKED = ("ref", "at", "nonce", "back")


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the organisation's system says; `method` is its own word for how it made sure."""

    ref: str
    nonce: str
    result: Literal["passed", "failed"]
    method: str


class BadAnswerError(ValueError):
    """Not signed by who shares the secret, too old, or no such message."""


def request(url: str, secret: str, asked: Mapping[str, str]) -> str:
    """The address that a person is sent to; `asked` has `ref`, `at`, `nonce` and `back`."""
    values = {name: asked[name] for name in _ASKED}
    joined = "&" if urlsplit(url).query else "?"
    return f"{url}{joined}{urlencode(values | {'sig': request_signature(secret, values)})}"


def request_signature(secret: str, asked: Mapping[str, str]) -> str:
    """Over each value on a line of its own: none of them may hold the end of a line."""
    lines = [_OUT, *(asked[name] for name in _ASKED)]
    return _mac(secret, "\n".join(lines).encode())


def answer_signature(secret: str, at: int, body: bytes) -> str:
    """The header `Rejoinder-Identity` of an answer: `t=…,v1=…`."""
    begins = f"{_BACK}\n{at}\n".encode()
    return f"t={at},v1={_mac(secret, begins + body)}"


def answer(secret: str, header: str, body: bytes, now: int) -> Answer:
    """The answer that was signed within SKEW of this second. Raises BadAnswerError."""
    at = _second(header)
    if len(body) > LARGEST or abs(now - at) > SKEW:
        raise BadAnswerError
    expected = answer_signature(secret, at, body)
    if not hmac.compare_digest(expected.encode(), header.encode("utf-8", "replace")):
        raise BadAnswerError
    try:
        return msgspec.json.decode(body, type=Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        raise BadAnswerError from None


def _second(header: str) -> int:
    told = header.partition(",")[0].removeprefix("t=")
    if not (told.isascii() and told.isdecimal() and len(told) < 12):
        raise BadAnswerError
    return int(told)


def _mac(secret: str, signed: bytes) -> str:
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
