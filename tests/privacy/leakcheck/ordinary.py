"""Ordinary web traffic, made up: what browsers, apps and trackers send, full of long numbers."""

import base64
import json
import random
import string
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from rejoinder.privacy.leakcheck.shapes import Request

NOW = 1_790_000_000  # seconds
_HEX = "0123456789abcdef"
_LETTERS = string.ascii_letters + string.digits
_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_BROWSERS = (
    f"Mozilla/5.0 (Windows NT 10.0) {_WEBKIT} Chrome/{{a}}.0.{{b}}.{{c}} Edg/{{a}}.0.{{b}}.{{c}}",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_{{d}}) {_WEBKIT} [FBAV/{{a}}.0.0.{{d}}.107;FBBV/{{e}}]",
    "Dalvik/2.1.0 (Linux; U; Android 14; SM-S{c}B Build/UP1A.{e}.005)",
    "shop-app/{a}.{d}.{c} (build {e}; iOS 17.{d}; Scale/3.00)",
    "Instagram {a}.0.0.{d}.109 Android (34/14; 480dpi; 1080x2340; samsung; SM-A{c}; {e})",
)


class Traffic:
    """Requests one after the other, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def requests(self, many: int) -> list[Request]:
        return [self._request() for _ in range(many)]

    def _request(self) -> Request:
        host = self._random.choice(("shop.example", "news.example", "api.example", "cdn.example"))
        headers = [
            ("Host", host),
            ("User-Agent", self._browser()),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Language", "en-GB,en;q=0.9,de;q=0.8"),
            ("Cookie", "; ".join(f"{n}={v}" for n, v in self._some(self._cookies(), 6))),
            ("Referer", f"https://{host}{self._path()}?{self._query()}"),
            *self._some(self._headers(), 7),
        ]
        kind, body = self._body()
        if body:
            headers += [("Content-Type", kind), ("Content-Length", str(len(body)))]
        return Request(host, f"{self._path()}?{self._query()}", headers, body)

    def _headers(self) -> list[tuple[str, str]]:
        return [
            ("X-Request-Id", self._uuid()),
            ("X-Correlation-ID", self._digits(12)),
            ("traceparent", f"00-{self._hex(32)}-{self._hex(16)}-01"),
            ("X-Datadog-Trace-Id", self._digits(19)),
            ("X-B3-TraceId", self._hex(16)),
            ("X-Amzn-Trace-Id", f"Root=1-{self._hex(8)}-{self._hex(24)}"),
            ("X-Forwarded-For", f"{self._ip()}, {self._ip()}"),
            ("Forwarded", f'for={self._ip()};proto=https;by="[2001:db8::{self._hex(4)}]"'),
            ("Via", f"1.1 varnish, 1.1 {self._hex(12)}.cdn.example (CDN)"),
            ("If-None-Match", f'W/"{self._hex(40)}"'),
            ("If-Modified-Since", "Tue, 03 Nov 2026 07:12:34 GMT"),
            ("Range", f"bytes={self._digits(7)}-{self._digits(8)}"),
            ("X-Request-Start", f"t={self._milliseconds()}"),
            ("X-Timestamp", self._milliseconds()),
            ("Authorization", f"Bearer {self._jwt()}"),
            ("X-CSRF-Token", self._text(64)),
            ("X-Api-Key", self._hex(32)),
            ("X-Device-Id", self._uuid()),
            ("X-Client-Version", f"{self._digits(2)}.{self._digits(1)}.{self._digits(4)}"),
            ("X-Client-Data", base64.b64encode(self._random.randbytes(18)).decode()),
            ("Client-Id", self._text(30).lower()),
            ("X-Order-Number", self._order()),
            ("DNT", "1"),
        ]

    def _cookies(self) -> list[tuple[str, str]]:
        return [
            ("_ga", f"GA1.2.{self._digits(10)}.{self._seconds()}"),
            ("_gid", f"GA1.2.{self._digits(9)}.{self._seconds()}"),
            ("_fbp", f"fb.1.{self._milliseconds()}.{self._digits(10)}"),
            ("_gcl_au", f"1.1.{self._digits(10)}.{self._seconds()}"),
            ("PHPSESSID", self._text(26).lower()),
            ("JSESSIONID", f"{self._hex(32).upper()}.node{self._digits(1)}"),
            ("session", base64.urlsafe_b64encode(self._random.randbytes(33)).decode()),
            ("sessionid", self._digits(15)),
            ("sid", self._digits(12)),
            ("cart", f"{self._uuid()}|{self._product()}|{self._digits(2)}"),
            ("last_order", self._order()),
            ("OptanonConsent", f"datestamp={self._seconds()}&version=6.{self._digits(2)}.0"),
            ("_uetsid", self._hex(32)),
            ("prefs", quote(json.dumps({"ts": int(self._milliseconds()), "sku": self._product()}))),
            ("state", base64.b64encode(f'{{"t":{self._seconds()},"n":1}}'.encode()).decode()),
            ("token", self._jwt()),
        ]

    def _query(self) -> str:
        every = [
            ("ts", self._milliseconds()),
            ("_", self._milliseconds()),
            ("t", self._seconds()),
            ("order", self._order()),
            ("order_id", self._digits(11)),
            ("orderNumber", f"0{self._digits(10)}"),
            ("sku", self._product()),
            ("product", self._product()),
            ("ean", self._digits(13)),
            ("isbn", f"978-0-{self._digits(3)}-{self._digits(5)}-{self._digits(1)}"),
            ("gclid", self._text(60)),
            ("fbclid", f"IwAR{self._text(57)}"),
            ("session_id", self._digits(16)),
            ("lat", f"51.{self._digits(7)}"),
            ("lon", f"-0.{self._digits(8)}"),
            ("ll", f"51.{self._digits(6)},-0.{self._digits(6)}"),
            ("cb", self._digits(12)),
            ("id", self._digits(8)),
            ("v", self._hex(20)),
            ("size", f"{self._digits(3)}x{self._digits(3)}"),
            ("q", self._random.choice(("red shoes", "iphone 15 pro", "bus 12 to 45", "ps5"))),
            ("date", datetime.fromtimestamp(NOW, UTC).strftime("%Y%m%d%H%M%S")),
            ("from", f"2026-11-{self._random.randint(10, 28)} 07:12"),
            ("tracking", f"JD{self._digits(16)}"),
            ("utm_campaign", f"autumn-{self._digits(6)}"),
        ]
        return urlencode(self._some(every, 6))

    def _path(self) -> str:
        return self._random.choice(
            (
                f"/product/{self._product()}",
                f"/p/{self._digits(11)}",
                f"/orders/{self._order()}/track",
                f"/static/{self._hex(20)}/app.{self._hex(8)}.js",
                f"/img/{self._uuid()}/{self._digits(3)}x{self._digits(3)}.jpg",
                f"/2026/11/{self._random.randint(1, 28):02}/story-{self._digits(8)}",
                f"/api/v2/items/{self._digits(9)};v={self._digits(2)}",
                "/",
            )
        )

    def _body(self) -> tuple[str, bytes]:
        form = {"csrf": self._text(43), "quantity": "1", "sku": self._product(),
                "order": self._order(), "at": self._milliseconds()}  # fmt: skip
        return self._random.choice(
            (
                ("", b""),
                ("", b""),
                ("application/x-www-form-urlencoded", urlencode(form).encode()),
                ("application/json", json.dumps({**form, "timestamp": NOW}).encode()),
                ("application/octet-stream", self._random.randbytes(300)),
            )
        )

    def _product(self) -> str:
        """Codes that look like phone numbers, as some are."""
        made: tuple[Callable[[], str], ...] = (
            lambda: f"07{self._digits(9)}",
            lambda: f"447{self._digits(9)}",
            lambda: f"0{self._digits(4)}-{self._digits(6)}",
            lambda: f"44-{self._digits(4)}-{self._digits(3)}-{self._digits(3)}",
            lambda: f"AB-07{self._digits(3)}-{self._digits(6)}",
            lambda: f"07{self._digits(3)} {self._digits(6)}",
            lambda: f"{self._digits(5)}/{self._digits(6)}-XL",
        )
        return self._random.choice(made)()

    def _order(self) -> str:
        return self._random.choice(
            (self._digits(10), self._digits(12), f"07{self._digits(9)}", f"447{self._digits(9)}",
             f"ORD-{self._digits(4)}-{self._digits(7)}", f"{self._digits(3)}-{self._digits(7)}")
        )  # fmt: skip

    def _jwt(self) -> str:
        claims = {"iat": NOW, "exp": NOW + 3600, "sub": self._uuid(), "jti": self._digits(12)}
        parts = (json.dumps({"alg": "HS256"}).encode(), json.dumps(claims).encode())
        packed = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
        return ".".join((*packed, self._text(43)))

    def _browser(self) -> str:
        chosen = self._random.choice(_BROWSERS)
        return chosen.format(
            a=self._digits(3), b=self._digits(4), c=self._digits(3), d=self._digits(1),
            e=self._digits(9),
        )  # fmt: skip

    def _some(self, every: list[tuple[str, str]], many: int) -> list[tuple[str, str]]:
        return self._random.sample(every, many)

    def _digits(self, many: int) -> str:
        return "".join(self._random.choices(string.digits, k=many))

    def _hex(self, many: int) -> str:
        return "".join(self._random.choices(_HEX, k=many))

    def _text(self, many: int) -> str:
        return "".join(self._random.choices(_LETTERS + "-_", k=many))

    def _uuid(self) -> str:
        return "-".join(self._hex(many) for many in (8, 4, 4, 4, 12))

    def _ip(self) -> str:
        return ".".join(str(self._random.randint(1, 254)) for _ in range(4))

    def _seconds(self) -> str:
        return str(NOW - self._random.randint(0, 10_000_000))

    def _milliseconds(self) -> str:
        return str(NOW * 1000 - self._random.randint(0, 10_000_000_000))
