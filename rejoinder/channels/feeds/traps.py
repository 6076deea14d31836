"""What XML lays to burden whoever reads it: looked for before a parser sees it. Pure.

Entities of a document's own (the billion laughs); elements deep within each other, for which a
forgiving parser takes time by the square of their depth. Each look takes time by the length alone.
"""

import re

DEEPEST = 200  # elements within each other; the parser's time grows with the square of them
ELEMENTS = 100_000

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_QUOTED = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"))  # in which tags are text
_TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")


def found(plain: bytes) -> str:
    """Why it should not be parsed, for people; empty where it may."""
    if _ENTITY.search(plain):
        return "it declares entities of its own, which is how parsers are attacked"
    if _is_maze(plain):
        return "its elements are too many, or too deep within each other"
    return ""


def _is_maze(plain: bytes) -> bool:
    for opening, closing in _QUOTED:
        plain = _without(plain, opening, closing)
    depth, number = 0, 0
    for number, tag in enumerate(_TAG.finditer(plain)):
        depth += 0 if tag[2] else -1 if tag[1] else 1
        if depth > DEEPEST or number > ELEMENTS:
            return True
    # So many that never close keep a forgiving parser busy too.
    return plain.count(b"<") > 2 * number + 1000


def _without(plain: bytes, opening: bytes, closing: bytes) -> bytes:
    """In one pass, which a pattern would not need for parts that never close."""
    parts, at = [], 0
    while (start := plain.find(opening, at)) >= 0:
        parts.append(plain[at:start])
        end = plain.find(closing, start)
        if end < 0:
            return b"".join(parts)
        at = end + len(closing)
    return b"".join([*parts, plain[at:]])
