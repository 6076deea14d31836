"""Whether a page links to ours, and the words around the link. Pure.

https://www.w3.org/TR/webmention/ (3.2.2) and the pingback specification ask for the link itself.
"""

import json
import re
from html import unescape

from rejoinder.channels import hypertext

MOST = 1_000_000  # bytes of a page that are read
AROUND = 700  # characters kept on each side of the link
TITLE = 300

_LINK = re.compile(
    r"""\b(?:href|src)\s*=\s*(?:"([^"<>]{1,4000})"|'([^'<>]{1,4000})'|([^\s"'<>]{1,4000}))""",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,1000})", re.IGNORECASE)
_HIDDEN = re.compile(r"<(/?)(script|style|head|template|noscript)\b[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--|-->")
_MARK = "\ue000"  # of the private use area: where the link stands


def links(body: str, kind: str, target: str) -> bool:
    """Whether a page of this content type links to the target."""
    if "json" in kind:
        return _in_json(body, target)
    if "html" in kind or "xml" in kind:
        return any(unescape(_first(found)) == target for found in _LINK.finditer(_shown(body)))
    return re.search(rf"{re.escape(target)}(?![\w/?&=#%-])", body) is not None


def title(body: str, kind: str) -> str:
    """What the page calls itself."""
    found = _TITLE.search(body) if "html" in kind else None
    return " ".join(unescape(found[1]).split())[:TITLE] if found else ""


def excerpt(body: str, kind: str, target: str) -> str:
    """The words of the page around the link."""
    if "html" not in kind:
        said, at = body, max(body.find(target), 0)
    else:
        shown = _shown(body)
        place = next(
            (each.start() for each in _LINK.finditer(shown) if unescape(_first(each)) == target), 0
        )
        start = shown.rfind("<", 0, place + 1)
        before = shown[max(0, start) - 20_000 if start > 20_000 else 0 : max(0, start)]
        said = hypertext.words(before + _MARK + shown[max(0, start) : max(0, start) + 20_000])
        at = max(said.find(_MARK), 0)
        said = said.replace(_MARK, "")
    cut = said[max(0, at - AROUND) : at + AROUND].strip()
    return f"{'… ' if at > AROUND else ''}{cut}{' …' if len(said) > at + AROUND else ''}"


def _first(found: re.Match[str]) -> str:
    return next(filter(None, found.groups()), "").strip()


def _in_json(body: str, target: str) -> bool:
    try:
        waiting = [json.loads(body)]
    except (ValueError, RecursionError):
        return False
    while waiting:
        each = waiting.pop()
        if each == target:
            return True
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return False


def _shown(markup: str) -> str:
    """Without what no reader sees: scripts, styles, the head, comments."""
    return _without(_without_comments(markup))


def _without_comments(markup: str) -> str:
    parts, start, inside = [], 0, False
    for found in _COMMENT.finditer(markup):
        if not inside and found[0] == "<!--":
            parts.append(markup[start : found.start()])
            inside = True
        elif inside and found[0] == "-->":
            start, inside = found.end(), False
    if not inside:
        parts.append(markup[start:])
    return "".join(parts)


def _without(markup: str) -> str:
    parts, start, inside = [], 0, ""
    for found in _HIDDEN.finditer(markup):
        which = found[2].lower()
        if not inside and not found[1]:
            parts.append(markup[start : found.start()])
            inside = which
        elif inside == which and found[1]:
            start, inside = found.end(), ""
    if not inside:
        parts.append(markup[start:])
    return "".join(parts)
