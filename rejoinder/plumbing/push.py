"""Messages to browsers (Web Push): sealed for one device, and signed as ours.

The message after RFC 8291 in one record of RFC 8188 (`aes128gcm`), who sends it after RFC 8292
(VAPID). The push service in between sees neither.
"""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LONGEST = 3993  # bytes of a message: a body of 4,096 that every service takes (RFC 8291, 4)
VALID = timedelta(hours=12)  # of a token; at most a day (RFC 8292, 2)
_CURVE = ec.SECP256R1()
_RECORD = 4096


class Browser(NamedTuple):
    """What a browser gives when it subscribes: where to, its key, its secret (URL-safe base64)."""

    endpoint: str
    key: str
    secret: str


class NoBrowserError(ValueError):
    """This is no subscription."""


def new_key() -> str:
    """A private key for a desk, as text."""
    number = ec.generate_private_key(_CURVE).private_numbers().private_value
    return _text(number.to_bytes(32, "big"))


def public(key: str) -> str:
    """What browsers are shown of it when they subscribe."""
    return _text(_point(_private(key).public_key()))


def check(browser: Browser) -> None:
    """Raises NoBrowserError."""
    parts = urlsplit(browser.endpoint)
    if parts.scheme != "https" or not parts.hostname or len(browser.endpoint) > 2000:
        raise NoBrowserError
    try:
        _their_key(browser)
        secret = _bytes(browser.secret)
    except ValueError as error:
        raise NoBrowserError from error
    if len(secret) != 16:
        raise NoBrowserError


def sealed(
    message: bytes,
    browser: Browser,
    *,
    salt: bytes | None = None,
    ours: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body: only this browser can open it. A fresh salt and key each time, but in tests."""
    salt, ours = salt or os.urandom(16), ours or ec.generate_private_key(_CURVE)
    theirs, point = _their_key(browser), _point(ours.public_key())
    shared = ours.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + _point(theirs) + point
    secret = _derived(shared, _bytes(browser.secret), info, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + _RECORD.to_bytes(4, "big") + bytes([len(point)]) + point
    return header + AESGCM(key).encrypt(nonce, message[:LONGEST] + b"\x02", None)


def authorization(endpoint: str, key: str, contact: str, now: datetime) -> str:
    """The header that says who sends; `contact` is an address of ours, for the service's people."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + VALID).timestamp()),
        "sub": contact,
    }
    signed = ".".join(_text(json.dumps(each).encode()) for each in ({"alg": "ES256"}, claims))
    der = _private(key).sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
    signature = b"".join(part.to_bytes(32, "big") for part in decode_dss_signature(der))
    return f"vapid t={signed}.{_text(signature)}, k={public(key)}"


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _private(key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(_bytes(key), "big"), _CURVE)


def _their_key(browser: Browser) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, _bytes(browser.key))


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
