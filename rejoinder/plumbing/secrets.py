"""What is sealed at rest: AES-GCM under the master key, bound to what it is for."""

import hmac
import json
import os
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rejoinder.plumbing import config

_NONCE = 12  # bytes, the size GCM is specified for (NIST SP 800-38D, 8.2)


class CannotUnsealError(Exception):
    """The master key does not fit, or the sealed bytes were changed."""


def seal(values: dict[str, Any], label: str) -> bytes:
    """Seal plain values for one use; `label` (such as an account's id) must be given to unseal."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher().encrypt(nonce, json.dumps(values).encode(), label.encode())


def unseal(sealed: bytes, label: str) -> dict[str, Any]:
    """The values again. Raises CannotUnsealError with what to do."""
    try:
        plain = _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], label.encode())
    except InvalidTag:
        raise CannotUnsealError(
            f"The credentials of {label} cannot be opened: the master key is another one. "
            "Restore the key folder that belongs to this desk, or connect the account again."
        ) from None
    values: dict[str, Any] = json.loads(plain)
    return values


def seal_texts(texts: Sequence[tuple[str, str]]) -> list[bytes]:
    """Seal a batch of texts, each with its own label, under the key read once."""
    cipher = _cipher()
    sealed = []
    for text, label in texts:
        nonce = os.urandom(_NONCE)
        plain = text.encode("utf-8", "surrogatepass")
        sealed.append(nonce + cipher.encrypt(nonce, plain, label.encode()))
    return sealed


def unseal_text(sealed: bytes, label: str) -> str:
    """One text again. Raises CannotUnsealError when the key, the label or the bytes differ."""
    try:
        plain = _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], label.encode())
    except InvalidTag:
        raise CannotUnsealError(
            "What was sealed cannot be opened: it was changed, or the master key is another one. "
            "Restore the key folder that belongs to this desk."
        ) from None
    return plain.decode("utf-8", "surrogatepass")


def blind(value: str, label: str) -> str:
    """32 hexadecimal digits that stand for a value: equal values look equal, and without the
    master key nobody can try values until one fits.
    """
    key = hmac.digest(bytes.fromhex(config.key("master_key")), label.encode(), "sha256")
    return hmac.digest(key, value.encode("utf-8", "replace"), "sha256").hex()[:32]


def _cipher() -> AESGCM:
    return AESGCM(bytes.fromhex(config.key("master_key")))
