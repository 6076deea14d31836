"""A reply without the person it was written to. Pure.

What is personal is masked before (`privacy/find`); here go the names by which the desk knows them.
"""

import re
from collections.abc import Iterable

AWAY = "…"
_SHORTEST = 3  # letters of a name that is looked for by itself: “Jo” is in too many words
_MENTIONED = re.compile(r"(?<![\w@])@[\w.-]+(?:@[\w.-]+)?")


def impersonal(text: str, names: Iterable[str]) -> str:
    """Without handles, and without these names and each longer word of them."""
    found = _MENTIONED.sub(AWAY, text)
    for name in sorted(_parts(names), key=len, reverse=True):
        found = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", AWAY, found, flags=re.IGNORECASE)
    return found.strip()


def _parts(names: Iterable[str]) -> set[str]:
    whole = {name.strip().lstrip("@") for name in names}
    words = {word for name in whole for word in re.split(r"[\s._-]+", name)}
    return {each for each in whole | words if len(each) >= _SHORTEST}
