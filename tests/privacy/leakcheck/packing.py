"""A number in every packing, and a request with a value in every place."""

import base64
import hashlib
from collections.abc import Callable
from urllib.parse import quote

from rejoinder.privacy.leakcheck.shapes import Request

NUMBER = "447700900123"  # Ofcom's, for drama
HOST = "news.example"

_FORM = ("Content-Type", "application/x-www-form-urlencoded")
_JSON = ("Content-Type", "application/json")

Put = Callable[[str], Request]


def tbcd(digits: str) -> str:
    """Telephony BCD, written independently of what reads it."""
    filled = digits + "F" * (len(digits) % 2)
    return "".join(filled[at : at + 2][::-1] for at in range(0, len(filled), 2))


def packings(number: str = NUMBER) -> dict[str, list[str]]:
    """Encodings by their names, each with the ways it may be written."""
    plus, home = f"+{number}", f"0{number[2:]}"
    each = [number, plus, home]
    return {
        "plain": [number, plus, home, f"00{number}"],
        "spaced": [
            f"{home[:5]} {home[5:8]} {home[8:]}",
            f"+44 {home[1:5]} {home[5:]}",
            f"+44-{home[1:5]}-{home[5:8]}-{home[8:]}",
            f"+44 (0){home[1:5]} {home[5:]}",
            f"({home[:5]}) {home[5:]}",
        ],
        "percent": [f"%2B{number}", *(_percent(one) for one in each)],
        "double-percent": [f"%252B{number}", *(_percent(one).replace("%", "%25") for one in each)],
        "base64": [base64.b64encode(one.encode()).decode() for one in [*each, plus]],
        "base64url": [base64.urlsafe_b64encode(plus.encode()).decode().rstrip("=")],
        "hex": [*(one.encode().hex() for one in each), plus.encode().hex().upper()],
        "tbcd": [tbcd(number), tbcd(home), f"91{tbcd(number)}"],
        **{
            name: [hashlib.new(name, one.encode()).hexdigest() for one in each]
            for name in ("md5", "sha1", "sha256")
        },
    }


PLACES: dict[str, Put] = {
    "listed header": lambda v: _with("X-Up-Calling-Line-Id", v),
    "any header": lambda v: _with("X-Acme-7", v),
    "forwarded for": lambda v: _with("X-Forwarded-For", f"192.0.2.7, {v}"),
    "forwarded": lambda v: _with("Forwarded", f'for=192.0.2.7;by="{v}"'),
    "via": lambda v: _with("Via", f"1.1 gateway.example ({v})"),
    "cookie": lambda v: _with("Cookie", f"a=b; x-up-calling-line-id={v}; c=d"),
    "any cookie": lambda v: _with("Cookie", f"m={v}"),
    "user agent": lambda v: _with("User-Agent", f"Mozilla/5.0 (Linux) Mobile {v}"),
    "referer": lambda v: _with("Referer", f"https://shop.example/a?m={v}"),
    "referer path": lambda v: _with("Referer", f"https://shop.example/user/{_safe(v)}/"),
    "query": lambda v: Request(HOST, f"/a?b=c&m={v}"),
    "whole query": lambda v: Request(HOST, f"/a?{_safe(v)}"),
    "path": lambda v: Request(HOST, f"/user/{_safe(v)}/home"),
    "address": lambda v: Request(HOST, f"http://{HOST}/a;m={_safe(v)}"),
    "form": lambda v: Request(HOST, "/", [_FORM], f"a=b&m={v}".encode()),
    "json": lambda v: Request(HOST, "/", [_JSON], f'{{"a": 1, "m": "{v}"}}'.encode()),
    "parts": lambda v: Request(
        HOST, "/", [("Content-Type", "multipart/form-data; boundary=xx")],
        f'--xx\r\nContent-Disposition: form-data; name="m"\r\n\r\n{v}\r\n--xx--'.encode(),
    ),
}  # fmt: skip


def _with(name: str, value: str) -> Request:
    return Request(HOST, "/", [("Host", HOST), (name, value)])


def _safe(value: str) -> str:
    return quote(value, safe="%+=")


def _percent(text: str) -> str:
    return "".join(f"%{ord(char):02X}" for char in text)
