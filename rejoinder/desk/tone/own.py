"""What the organisation's own guidelines bring to mind. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rejoinder.desk.cues import CAP
from rejoinder.desk.tone.kinds import Hint, Kind, Spoken


def found(one: Spoken) -> Iterator[Hint]:
    """For each rule the first place where one of its words stands, whole, whatever its case."""
    for rule in one.rules:
        place = _pattern(rule.words).search(one.text, 0, CAP)
        if place is not None:
            start, end = place.span()
            yield Hint(Kind.OWN, start, end, place[0], rule.instead or None, rule.title)


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # Words of the house are plain text, in any script: nothing in them is an expression.
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words if word.strip())
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)", re.IGNORECASE)
