"""The co-sign of whoever wrote a reply, `^JP` at its end. Pure.

As CoTweet wrote them: a caret and initials behind the text, counted in its length.
"""

import re

_SIGNED = re.compile(r"(?:^|\s)\^\w{1,4}\s*$")


def signed(text: str, mark: str) -> str:
    """The text with the sign behind it; one that ends with a sign keeps it. No mark: as it was."""
    words = text.rstrip()
    if not mark or not words or _SIGNED.search(words):
        return text
    return f"{words} ^{mark}"


def unsigned(text: str, mark: str) -> str:
    """The text without this sign at its end."""
    sign = f" ^{mark}"
    return text.removesuffix(sign) if mark else text
