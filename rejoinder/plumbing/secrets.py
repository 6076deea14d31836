"""What is sealed at rest: AES-GCM under the master key, bound to what it is for."""

import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rejoinder.plumbing import config

_NONCE = 12  # bytes, the size GCM is specified for (NIST SP 800-38D, 8.2)
_DIFFERS = (
    "What was sealed cannot be opened: it was changed, or the master key is another one. "
    "Restore the key folder that belongs to this desk."
)


class CannotUnsealError(Exception):
    """The master key does not fit, or the sealed bytes were changed."""


def seal(values: dict[str, Any], label: str) -> bytes:
    """Seal plain values for one use; `label` (such as an account's id) must be given to unseal."""
    nonce, newest = os.urandom(_NONCE), _ciphers()[0]
    return nonce + newest.encrypt(nonce, json.dumps(values).encode(), label.encode())


def unseal(sealed: bytes, label: str) -> dict[str, Any]:
    """The values again. Raises CannotUnsealError with what to do."""
    plain = _plain(sealed, label)
    if plain is None:
        raise CannotUnsealError(
            f"The credentials of {label} cannot be opened: the master key is another one. "
            "Restore the key folder that belongs to this desk, or connect the account again."
        )
    values: dict[str, Any] = json.loads(plain)
    return values


def unseal_text(sealed: bytes, label: str) -> str:
    """One text again. Raises CannotUnsealError when the key, the label or the bytes differ."""
    plain = _plain(sealed, label)
    if plain is None:
        raise CannotUnsealError(_DIFFERS)
    return plain.decode("utf-8", "surrogatepass")


def seal_bytes(plain: bytes, label: str) -> bytes:
    """Bytes sealed for one use, as `seal` does."""
    nonce, newest = os.urandom(_NONCE), _ciphers()[0]
    return nonce + newest.encrypt(nonce, plain, label.encode())


def unseal_bytes(sealed: bytes, label: str) -> bytes:
    """The bytes again. Raises CannotUnsealError when the key, the label or the bytes differ."""
    plain = _plain(sealed, label)
    if plain is None:
        raise CannotUnsealError(_DIFFERS)
    return plain


def blind(value: str, label: str) -> str:
    """32 hexadecimal digits that stand for a value: equal values look equal, and without the
    master key nobody can try values until one fits.
    """
    # The oldest key: a newer one in front of it must not give everybody another name.
    key = hmac.digest(bytes.fromhex(config.master_keys()[-1]), label.encode(), "sha256")
    return hmac.digest(key, value.encode("utf-8", "replace"), "sha256").hex()[:32]


def _plain(sealed: bytes, label: str) -> bytes | None:
    """What one of the master keys opens; None when none of them fits."""
    for cipher in _ciphers():
        try:
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], label.encode())
        except InvalidTag:
            continue
    return None


def _ciphers() -> list[AESGCM]:
    """The one that seals, and those that still open what they sealed."""
    return [AESGCM(bytes.fromhex(key)) for key in config.master_keys()]
