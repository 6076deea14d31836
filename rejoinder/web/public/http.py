"""One public page as bytes, and how it is answered for: gzip, ETag, 304. Pure."""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

Headers = list[tuple[bytes, bytes]]

# No script runs on these pages; structured data in them is no script.
POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    b"; frame-ancestors 'none'"
)
# A cache asks again after half a minute, and shows the old page while we cannot answer.
FRESH = b"public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"
FOREVER = b"public, max-age=31536000, immutable"
NEVER = b"no-store"

_ALWAYS: Headers = [
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_STRICT = (b"strict-transport-security", b"max-age=31536000")


@dataclass(frozen=True, slots=True)
class Response:
    """What goes out."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A page with everything that can be known before it is asked for: both forms of its body,
    their tags and their headers.
    """

    plain: Response
    packed: Response
    tags: tuple[bytes, bytes]


def page(
    body: bytes, kind: str, *, cache: bytes = FRESH, status: int = 200, https: bool = False
) -> Page:
    """A page of this content type."""
    name = sha256(body).hexdigest()[:20].encode()
    plain, packed = b'"' + name + b'"', b'"' + name + b'-gz"'
    common = [
        *_ALWAYS,
        *([_STRICT] if https else []),
        (b"content-type", kind.encode()),
        (b"cache-control", cache),
        (b"vary", b"accept-encoding"),
    ]
    small = gzip.compress(body, 9, mtime=0)
    return Page(
        plain=Response(status, [*common, *_about(plain, body)], body),
        packed=Response(
            status, [*common, *_about(packed, small), (b"content-encoding", b"gzip")], small
        ),
        tags=(plain, packed),
    )


def redirect(to: str) -> Response:
    """Elsewhere; asked for anew each time."""
    headers = [(b"location", to.encode()), (b"cache-control", NEVER), (b"content-length", b"0")]
    return Response(302, [*_ALWAYS, *headers], b"")


def not_allowed() -> Response:
    """Public pages are read."""
    words = b"Only GET and HEAD.\n"
    headers = [(b"allow", b"GET, HEAD"), (b"content-type", b"text/plain"), *_length(words)]
    return Response(405, [*_ALWAYS, *headers], words)


def answer(found: Page, method: str, asked: Iterable[tuple[bytes, bytes]]) -> Response:
    """The page in the form that these request headers (lower-case names) ask for."""
    packs, known = False, b""
    for name, value in asked:
        if name == b"accept-encoding":
            packs = takes_gzip(value)
        elif name == b"if-none-match":
            known = value
    sent = found.packed if packs else found.plain
    if known and sent.status == 200 and _has(known, found.tags):
        return Response(304, [each for each in sent.headers if each[0] not in _OF_BODY], b"")
    return Response(sent.status, sent.headers, b"") if method == "HEAD" else sent


def takes_gzip(value: bytes) -> bool:
    """Whether an Accept-Encoding names gzip (or anything) and does not weigh it 0 (RFC 9110)."""
    for part in value.lower().split(b","):
        name, _, weight = part.partition(b";")
        if name.strip() in {b"gzip", b"*"}:
            return weight.strip().removeprefix(b"q=").strip(b"0.") != b"" or not weight
    return False


_OF_BODY = frozenset({b"content-length", b"content-encoding", b"content-type"})


def _about(tag: bytes, body: bytes) -> Headers:
    return [(b"etag", tag), *_length(body)]


def _length(body: bytes) -> Headers:
    return [(b"content-length", str(len(body)).encode())]


def _has(known: bytes, tags: Sequence[bytes]) -> bool:
    """Whether If-None-Match names one of our tags; compared weakly (RFC 9110, section 13.1.2)."""
    if known.strip() == b"*":
        return True
    return any(each.strip().removeprefix(b"W/") in tags for each in known.split(b","))
