"""Files and words in one body, as forms send them (RFC 7578). Pure."""

from collections.abc import Mapping
from typing import NamedTuple

import httpx


class File(NamedTuple):
    """A file as it is sent; the name is ours, never the one it had at somebody's home."""

    name: str
    data: bytes
    media_type: str


class Body(NamedTuple):
    """What is sent, and the `Content-Type` it goes under."""

    content: bytes
    media_type: str


def body(files: Mapping[str, File], words: Mapping[str, str] | None = None) -> Body:
    """Each file and each word under the name of its field."""
    made = httpx.Request("POST", "http://localhost", files=dict(files), data=dict(words or {}))
    return Body(made.read(), made.headers["Content-Type"])
