"""AES-GCM for people's data: a key for each person, which itself is sealed by a master key."""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12  # bytes, the size GCM is specified for (NIST SP 800-38D, 8.2)
_KEY = 256  # bits


class CannotOpenError(Exception):
    """The key does not fit, or what was sealed, or what it is bound to, was changed."""


def new_key() -> bytes:
    """A key for one person."""
    return AESGCM.generate_key(_KEY)


def seal(plain: bytes, key: bytes, bound: str) -> bytes:
    """Sealed under a key; `bound` must be the same to open it."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound.encode())


def unseal(sealed: bytes, keys: Sequence[bytes], bound: str) -> bytes:
    """Plain again, under the first key that fits. Raises CannotOpenError when none does."""
    for key in keys:
        try:
            return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound.encode())
        except InvalidTag:
            continue
    raise CannotOpenError(
        "What was sealed cannot be opened: it was changed, or the master key is another one. "
        "Restore the key folder that belongs to this desk."
    )
