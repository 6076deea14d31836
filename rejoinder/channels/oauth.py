"""What channels that are connected by OAuth have in common (RFC 6749, RFC 7636)."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def verifier() -> str:
    """A new secret of 43 letters that ties the answer of a platform to the question."""
    return secrets.token_urlsafe(32)


def challenge(verifier: str) -> str:
    """What is shown of a verifier when asking, by the method S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def form(values: Mapping[str, str]) -> bytes:
    """Values as token endpoints take them; goes with the header FORM."""
    return urlencode(values).encode()


def address(url: str, query: Mapping[str, str]) -> str:
    """An address with more in its query."""
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}"
