"""One person's wait for a first answer in one conversation. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from the first word to what ended it: `answered`, or only seen so far.

    `question` and `intent` are of that word, as the desk reads it today; `advisor` (a pk) wrote the
    reply that ended it; `followed` is how many follow the person, roughly, where that is known.
    """

    channel: str
    need: int
    began: datetime
    seconds: float
    answered: bool
    question: int | None = None
    intent: str = ""
    followed: int | None = None
    advisor: int | None = None
