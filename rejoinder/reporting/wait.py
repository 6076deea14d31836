"""One person's wait for a first answer in one conversation. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from the first word to what ended it: `answered`, or only seen so far."""

    channel: str
    need: int
    began: datetime
    seconds: float
    answered: bool
