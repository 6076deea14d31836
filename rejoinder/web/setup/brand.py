"""The words of a first watch, proposed from the organisation's name. Pure."""

import re

_COMPANY = re.compile(
    r"[\s,&]*\b(?:ltd|limited|plc|inc|llc|gmbh|ag|se|kg|co|corp|company|s\.?a|b\.?v|e\.?v)\.?$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\w'’&.-]+")


def proposed(name: str) -> str:
    """The name as people write it: whole, without what the register adds, and in one word.

    Empty for a name without words. It is written in the language of watches, so that nothing in a
    name is an operator.
    """
    plain = name
    while (shorter := _COMPANY.sub("", plain).strip()) != plain and shorter:
        plain = shorter
    words = [word.strip("'’&.-") for word in _WORDS.findall(plain)]
    words = [word for word in words if any(map(str.isalnum, word))]
    if not words:
        return ""
    joined = "".join(filter(str.isalnum, "".join(words)))
    ways = [" ".join(words), joined] if len(words) > 1 else words
    return " OR ".join(f'"{way}"' for way in ways)
