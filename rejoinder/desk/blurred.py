"""Abuse is not shown until somebody asks for it: how much lies under the word. Pure."""

from collections.abc import Sequence

from rejoinder.listening.read.words import NEEDS

ABUSE = NEEDS.index("abuse")
WIDE = 80  # characters that a line has room for


def lines(needs: Sequence[int | None], texts: Sequence[str]) -> list[int]:
    """For each text how many lines lie under the word; 0 for what is shown as it is.

    Only what needs nothing but patience is hidden: whoever insults and asks for something, or is
    in danger, has another need. What a person corrected is shown from then on.
    """
    return [_lines(text) if need == ABUSE else 0 for need, text in zip(needs, texts, strict=True)]


def _lines(text: str) -> int:
    return max(1, sum(-(-len(line) // WIDE) for line in text.splitlines()))
