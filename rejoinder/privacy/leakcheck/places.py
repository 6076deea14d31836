"""Takes a request apart into the places where an identifier may stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from rejoinder.privacy.leakcheck import names
from rejoinder.privacy.leakcheck.names import Said
from rejoinder.privacy.leakcheck.shapes import Request

_ADDRESSES = frozenset(("referer", "referrer", "origin"))
_PICTURES = ("image/", "audio/", "video/", "font/")
_NUMBERED = re.compile("[0-9].*[0-9]")  # a name that may be a number, or hold one
_FORM = "application/x-www-form-urlencoded"


class Place(NamedTuple):
    """One value, what stands around it, and what its name says."""

    where: str
    name: str
    value: str
    said: Said = Said(names.SILENT)
    form: bool = False  # a plus may stand for a space


def places(request: Request) -> Iterator[Place]:
    """Every place of a request, the names of parameters too, since a number may be one."""
    yield Place("host", "", request.host)
    yield from _address(request.target)
    kind = ""
    for name, value in request.headers:
        lower = name.lower()
        kind = value.lower() if lower == "content-type" else kind
        yield from _header(name, lower, value)
    yield from _body(request.body, kind)


def _header(name: str, lower: str, value: str) -> Iterator[Place]:
    if lower.startswith(":"):  # HTTP/2 tells the request line again
        return
    if _NUMBERED.search(name):
        yield Place("header", name, name)
    if lower == "cookie":
        yield from _pairs(value.split(";"), "cookie")
    elif lower in _ADDRESSES:
        yield from _address(value, "referer", name)
    elif lower == "user-agent":
        yield Place("user-agent", name, value)
    elif lower != "host":
        yield Place("header", name, value, names.header(name))


def _address(target: str, where: str = "", name: str = "") -> Iterator[Place]:
    """Of the request line; or of the header `name`, and then all of it stands `where`."""
    parts = _split(target)
    if parts is None:
        yield Place(where or "path", name, target)
        return
    if parts.netloc:
        yield Place(where or "host", name, parts.netloc)
    yield from _path(parts.path, where, name)
    for place in _pairs(parts.query.replace(";", "&").split("&"), where or "query", form=True):
        yield place._replace(name=place.name or name)
    if parts.fragment:
        yield Place(where or "query", name, parts.fragment)


def _split(target: str) -> SplitResult | None:
    try:
        return urlsplit(target)
    except ValueError:  # a bracket that opens no address
        return None


def _path(path: str, where: str, name: str) -> Iterator[Place]:
    before = ""
    for segment in path.split("/"):
        own, *matrix = segment.split(";")
        if own:
            yield Place(where or "path", name or before, own, names.parameter(before))
            before = own
        yield from _pairs(matrix, where or "path")


def _pairs(pairs: list[str], where: str, *, form: bool = False) -> Iterator[Place]:
    for pair in pairs:
        name, equals, value = pair.strip().partition("=")
        if not value.strip("="):  # no name, or base64 to its end
            name, value = "", name + equals + value
        if value:
            yield Place(where, name, value, names.parameter(name), form)
        if _NUMBERED.search(name):
            yield Place(where, name, name, form=form)


def _body(body: bytes, kind: str) -> Iterator[Place]:
    if not body or kind.startswith(_PICTURES):
        return
    text = body.decode("utf-8", "replace")
    if kind.startswith(_FORM):
        yield from _pairs(text.split("&"), "body", form=True)
    else:
        yield Place("body", "", text)
