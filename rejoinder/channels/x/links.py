"""Where X sees links in a text; each becomes one of 23 letters. Pure.

The rules are those of X's own twitter-text 3: a domain is a link with or without a scheme; what is
no domain name (a label over 63 bytes) or over 4,096 letters is text.
"""

import re
from collections.abc import Iterator

from rejoinder.channels.x.domains import LATIN, Domain, Domains

LONGEST = 4096  # letters of one link
# 280 letters hold at most 12 links, so that a longer text cannot fit, whatever is a link in it.
MOST_TEXT = 12 * LONGEST
SHORTENED = 40  # letters of the name of one of X's own short links

_GENERAL = rf"[a-zA-Z\u0400-\u04FF0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{LATIN}]"
_PARENS = rf"\((?:{_GENERAL}++|{_GENERAL}*+\({_GENERAL}++\){_GENERAL}*+)\)"
_QUERY = r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-zA-Z0-9\-_&=#/]"
_PORT = re.compile(":[0-9]+")
_PATH = re.compile(rf"/(?:{_GENERAL}|{_PARENS})*+")
_WITHIN = "!*';:,.$%[]–~@|&"  # signs in a path that do not end it
_ASKED = re.compile(_QUERY)
_SHORT = re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY})?", re.IGNORECASE)
_DOTS = re.compile("[.\u3002\uff0e\uff61]")  # RFC 3490, 3.1


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each link, in code points, in order; none in a text that cannot fit."""
    if "." not in text or len(text) > MOST_TEXT:
        return []
    return list(_found(text))


def _found(text: str) -> Iterator[tuple[int, int]]:
    domains, at = Domains(text), 0
    while domain := domains.after(at):
        path, at = _rest(text, domain.end)
        if not _is_link(text, domain, at) or _is_mixed(text, domains, domain):
            continue
        if domain.scheme is not None:
            yield from _with_scheme(text, domain.scheme, at)
        elif domain.start == 0 or text[domain.start - 1] not in "-_./":
            parts = list(domains.typed(domain))
            yield from _with_path(parts, at - domain.end) if path and parts else parts


def _rest(text: str, end: int) -> tuple[bool, int]:
    """Whether a path follows the domain that ends here, and where the whole link ends.

    Signs that stand only within a path belong to the sentence when it ends with them.
    """
    if port := _PORT.match(text, end):
        end = port.end()
    path = _PATH.match(text, end)
    if path:
        end = path.start() + len(_ended(path[0]))
    asked = _ASKED.match(text, end)
    return path is not None, asked.end() if asked else end


def _ended(path: str) -> str:
    """The path without the end of the sentence; brackets count where a link could end before."""
    path = path.rstrip(_WITHIN)
    while path.endswith(")"):
        before = _unbracketed(path)
        if before[-1] not in _WITHIN:
            break
        path = before.rstrip(_WITHIN)
    return path


def _unbracketed(path: str) -> str:
    """What stands before the brackets at its end; they are balanced."""
    depth, at = 0, len(path)
    while depth or path[at - 1] == ")":
        at -= 1
        depth += (path[at] == ")") - (path[at] == "(")
    return path[:at]


def _with_scheme(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    short = _SHORT.match(text[start:end])
    if short is None:
        yield start, end
    elif len(short[1]) <= SHORTENED:
        yield start, start + short.end()


def _with_path(parts: list[tuple[int, int]], letters: int) -> Iterator[tuple[int, int]]:
    """The last of them has the path, of so many letters."""
    start, end = parts.pop()
    yield from parts
    yield start, end + letters


def _is_link(text: str, domain: Domain, end: int) -> bool:
    if domain.end - domain.start > LONGEST:
        return False
    name = text[domain.start : domain.end]
    labels = [_bytes(label) for label in name.split(".")]
    start = domain.scheme if domain.scheme is not None else domain.start - len("https://")
    longer = sum(labels) + len(labels) - 1 - len(name)
    return all(0 < size <= 63 for size in labels) and end - start + longer <= LONGEST


def _is_mixed(text: str, domains: Domains, domain: Domain) -> bool:
    """Whether it says that it is encoded, and is not."""
    encoded = text.startswith("xn--", domain.start)
    return encoded and next(domains.typed(domain), None) is None


def _bytes(label: str) -> int:
    """How long a label is as the name service writes it."""
    parts = _DOTS.split(label)
    return sum(len(_encoded(part)) for part in parts) + len(parts) - 1


def _encoded(part: str) -> str:
    return part if part.isascii() else "xn--" + part.encode("punycode", "replace").decode()
