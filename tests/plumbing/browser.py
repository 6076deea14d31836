"""A browser that messages are sent to: opens them as RFC 8188 and RFC 8291 say, step by step."""

import hashlib
import hmac
import os
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rejoinder.plumbing.push import Browser


class Receiver:
    """One browser with its key and its secret."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)
        self._point = self._key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )

    def browser(self, endpoint: str) -> Browser:
        key, secret = (urlsafe_b64encode(raw).decode() for raw in (self._point, self._secret))
        return Browser(endpoint, key.rstrip("="), secret.rstrip("="))

    def opened(self, body: bytes) -> bytes:
        """Raises InvalidTag for what was sealed for somebody else."""
        salt, length = body[:16], body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        first = _mac(self._secret, self._key.exchange(ec.ECDH(), sender))
        secret = _mac(first, b"WebPush: info\0" + self._point + theirs + b"\x01")
        second = _mac(salt, secret)
        key = _mac(second, b"Content-Encoding: aes128gcm\0\x01")[:16]
        nonce = _mac(second, b"Content-Encoding: nonce\0\x01")[:12]
        return AESGCM(key).decrypt(nonce, record, None)[:-1]


def _mac(key: bytes, of: bytes) -> bytes:
    return hmac.new(key, of, hashlib.sha256).digest()
