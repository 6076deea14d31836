"""The echo page: shows a person what came with their request, and keeps nothing.

It is answered at the door, before anything that changes or drops headers, and needs no database:
`rejoinder leakcheck --serve` shows the same page by itself.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.privacy.leakcheck.check import Checker
from rejoinder.privacy.leakcheck.middleware import request_of
from rejoinder.privacy.leakcheck.shapes import (
    CONTEXT,
    ICCID,
    IMEI,
    IMSI,
    MSISDN,
    OPAQUE,
    PLAIN,
    SPACED,
    TRACKING,
    Finding,
    Request,
)
from rejoinder.web.public import addresses
from rejoinder.web.public.http import POLICY

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Told = Callable[[Sequence[Finding]], None]

MOST = 1 << 16  # bytes of headers; no browser sends so many
_STATIC = Path(__file__).parents[1] / "static" / "web"
_SHEETS = ("tokens.css", "public.css", "echo.css")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that came, and what it tells; `says` is empty for what tells nothing."""

    name: str
    value: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out."""

    status: int
    kind: str
    body: bytes


class Echo:
    """An ASGI application. `told` is called with what was found in each request for the page."""

    def __init__(self, checker: Checker | None = None, told: Told | None = None) -> None:
        self._checker = checker or Checker()
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        answer = await asyncio.to_thread(self.answer, scope)
        headers = [
            (b"content-type", answer.kind.encode()),
            (b"content-length", str(len(answer.body)).encode()),
            (b"content-security-policy", POLICY),
            (b"cache-control", b"no-store"),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})

    def answer(self, scope: Scope) -> Answer:
        """The page, the same for machines, its style; anything else is not here."""
        path = scope["path"]
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST:
            return Answer(431, "text/plain", b"Too many headers.\n")
        if scope["method"] not in {"GET", "HEAD"}:
            return Answer(405, "text/plain", b"Only GET and HEAD.\n")
        if path == addresses.ECHO_STYLE:
            return Answer(200, "text/css; charset=utf-8", style())
        if path not in {"/", addresses.ECHO, addresses.ECHO_DATA}:
            return Answer(404, "text/plain", b"There is no such page.\n")
        request = request_of(scope)
        (found,) = self._checker.check([request])
        if self._told:
            self._told(found)
        if path == addresses.ECHO_DATA:
            return Answer(200, "application/json", data(request, found))
        with translation.override(_language(request)):
            shown = page(request, found, encrypted=scope.get("scheme") == "https")
        return Answer(200, "text/html; charset=utf-8", shown.encode())


def data(request: Request, found: Sequence[Finding]) -> bytes:
    """What machines read: what came, and what of it tells something."""
    findings = [
        {"where": one.where, "name": one.name, "class": one.kind, "encoding": one.encoding}
        for one in found
    ]
    came = {"target": request.target.rstrip("?"), "headers": request.headers}
    return json.dumps({**came, "findings": findings}).encode()


def page(request: Request, found: Sequence[Finding], *, encrypted: bool) -> str:
    """The page in the language that is active."""
    lines = _lines(request, found)
    telling = [one for one in found if one.kind != CONTEXT]
    values = {
        "found": found,
        "telling": telling,
        "encrypted": encrypted,
        "marked": [line for line in lines if line.says],
        "others": [line for line in lines if not line.says],
        "style": addresses.ECHO_STYLE,
    }
    return render_to_string("public/echo.html", values)


@cache
def style() -> bytes:
    """The sheet of the page."""
    return b"\n".join((_STATIC / name).read_bytes() for name in _SHEETS)


def _lines(request: Request, found: Sequence[Finding]) -> list[Line]:
    """What was asked for, then each header, with what was found in it."""
    by_place: dict[str, list[Finding]] = {}
    for one in found:
        by_place.setdefault(_key(one), []).append(one)
    lines = [("", request.target.rstrip("?")), *request.headers]
    return [
        Line(name, value, "; ".join(_says(one) for one in by_place.get(name.lower(), ())))
        for name, value in lines
    ]


def _key(one: Finding) -> str:
    """The header in which it stands; the request line has no name."""
    if one.where in {"cookie", "user-agent", "referer", "host"}:
        return one.where
    return one.name.lower() if one.where == "header" else ""


def _says(one: Finding) -> str:
    what = {
        MSISDN: _("your phone number"),
        IMSI: _("the identity of your subscription (IMSI)"),
        IMEI: _("the identity of your phone (IMEI)"),
        ICCID: _("the number of your SIM card (ICCID)"),
        TRACKING: _("a name that your network gave you, the same on every site"),
        CONTEXT: _("something only your network knows, such as whether you are roaming"),
    }[one.kind]
    if one.encoding == OPAQUE:
        return _("%(what)s, by its name; the value cannot be read") % {"what": what}
    if one.encoding in {PLAIN, SPACED}:
        return what
    return _("%(what)s, written as %(encoding)s") % {"what": what, "encoding": one.encoding}


def _language(request: Request) -> str:
    asked = next(
        (value for name, value in request.headers if name.lower() == "accept-language"), ""
    )
    for part in asked.split(",")[:10]:
        try:
            return translation.get_supported_language_variant(part.partition(";")[0].strip())
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
