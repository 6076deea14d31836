"""Whether a post has the words that are watched, as Bluesky's own search would find it. Pure.

A phrase in quotes is one thing; of a watch without them each word is somewhere in the post.
Words are whole, except in scripts that write them without spaces.
"""

from collections.abc import Sequence

import regex

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_GAP = r"[^\w]+"


class Words:
    """What is watched, made ready once for many posts."""

    def __init__(self, watches: Sequence[str]) -> None:
        groups = [[_pattern(part) for part in _parts(watch)] for watch in watches]
        self._groups = [
            [regex.compile(part, regex.IGNORECASE) for part in group] for group in groups if group
        ]
        # Most posts have none of it: one look for the first word of each watch tells.
        first = "|".join(group[0] for group in groups if group)
        self._any = regex.compile(first, regex.IGNORECASE) if first else None

    def within(self, text: str) -> bool:
        """Whether one of the watches is in the text."""
        if self._any is None or not self._any.search(text):
            return False
        return any(all(part.search(text) for part in group) for group in self._groups)


def _parts(watch: str) -> list[list[str]]:
    """Each thing that has to be there: a phrase of several words, or a word."""
    quoted = len(watch) > 2 and watch[0] == watch[-1] == '"'
    words = regex.findall(r"\w+", watch)
    return [words] if quoted and words else [[word] for word in words]


def _pattern(words: list[str]) -> str:
    inner = _GAP.join(regex.escape(word) for word in words)
    before = "" if _UNSPACED.match(words[0][0]) else r"(?<!\w)"
    after = "" if _UNSPACED.match(words[-1][-1]) else r"(?!\w)"
    return before + inner + after
