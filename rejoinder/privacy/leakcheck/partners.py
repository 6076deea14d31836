"""Who may be told the number: partners by exact host and path, and nobody that looks alike."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from rejoinder.privacy.leakcheck.shapes import Request


class Partner(NamedTuple):
    """A host in lower case, with its port if one was given; no path means every path of it."""

    host: str
    path: str = ""


class Partners:
    """The list of them."""

    def __init__(self, partners: Iterable[Partner] = ()) -> None:
        self._all = tuple(partners)

    def allow(self, request: Request) -> bool:
        """Whether the request goes to a partner: the same host, the same path, to the letter."""
        host, path = request.host.lower(), _path(request.target)
        return any(
            host in {one.host, f"{one.host}:80"} and one.path in {"", path} for one in self._all
        )

    def contained(self, request: Request) -> str:
        """The partner whose host stands within this host or address, which is not it."""
        whole = f"{request.host}{request.target}".lower()
        return next((one.host + one.path for one in self._all if one.host in whole), "")


def read(text: str) -> Partner:
    """A partner as HOST or HOST/PATH, with http:// or without. Raises ValueError."""
    address = text if "//" in text else f"//{text}"
    parts = urlsplit(address)
    if not parts.hostname or parts.query or parts.fragment or "*" in text:
        raise ValueError(f"{text!r} is no partner; write HOST/PATH, without * or a query.")
    return Partner(parts.netloc.lower(), parts.path)


def _path(target: str) -> str:
    try:
        return urlsplit(target).path or "/"
    except ValueError:
        return target
