"""The plain words of markup that a platform shows its readers. Pure.

What people write there is markup that the platform has sanitised, or that it should have: nothing
of it is trusted here, and nothing but words leaves. Every pattern takes time in proportion to its
text.
"""

import html
import re

LONGEST = 200_000  # characters of one post that are read

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>|<[!?/][^<>]*>")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE)
_BREAKS = frozenset({"br", "hr"})
_BLOCKS = frozenset(
    {"p", "div", "blockquote", "pre", "ul", "ol", "li", "table", "tr", "section", "figure"}
    | {f"h{level}" for level in range(1, 7)}
)
# Links whose words are the name they lead to (microformats2, and what fediverse servers write).
_NAME = re.compile(
    r"""\b(?:class|rel)\s*=\s*["'][^"'<>]*\b(?:mention|hashtag|tag)\b""", re.IGNORECASE
)
_MANY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_SPACES = re.compile(r"[ \t]+\n")


def words(markup: str) -> str:
    """What a reader of the page reads: no tags, entities as what they stand for.

    A link keeps its address in brackets where its words do not show it, unless they name somebody.
    """
    parts: list[str] = []
    link: tuple[str, int] | None = None
    end = 0
    markup = markup[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    for tag in _TAG.finditer(markup):
        parts.append(html.unescape(markup[end : tag.start()]))
        end = tag.end()
        name = (tag[2] or "").lower()
        if name in _BREAKS or name in _BLOCKS:
            parts.append("\n")
        elif name == "a" and not tag[1]:
            link = ("" if _NAME.search(tag[3]) else _address(tag[3]), len(parts))
        elif name == "a" and link:
            parts.append(_shown(link[0], "".join(parts[link[1] :])))
            link = None
    parts.append(html.unescape(markup[end:]))
    text = _SPACES.sub("\n", "".join(parts).replace("\0", "\ufffd"))
    return _MANY_LINES.sub("\n\n", text).strip()


def _address(attributes: str) -> str:
    found = _HREF.search(attributes)
    return html.unescape(next(filter(None, found.groups()), "")).strip() if found else ""


def _shown(address: str, said: str) -> str:
    plain = address.removeprefix("mailto:")
    if not address.startswith(("http://", "https://", "mailto:")) or plain in said:
        return ""
    return f" ({plain})"
