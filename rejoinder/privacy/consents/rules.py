"""For what consent is asked, how long it holds, and what the words of the question need. Pure."""

from datetime import date, timedelta
from enum import StrEnum

# Without a yes these open nothing: what people write to us serves the others by itself.
PURPOSES = ("service-notice", "marketing")
USUAL = timedelta(days=365)
LONGEST = timedelta(days=730)
WORDS = 1_000  # characters of a question
UNTIL = "{until}"  # where the day stands in it


class Wrong(StrEnum):
    """Why a consent cannot be kept."""

    PURPOSE = "purpose"
    PAST = "past"
    LONG = "long"


def wrong(purpose: str, today: date, last: date) -> Wrong | None:
    """What stands against asking for a purpose until the end of a day; None when nothing does."""
    if purpose not in PURPOSES:
        return Wrong.PURPOSE
    if last <= today:
        return Wrong.PAST
    return Wrong.LONG if last - today > LONGEST else None


def has_day(words: str) -> bool:
    """Whether the words of a question say until when, once."""
    return words.count(UNTIL) == 1


def asked(words: str, until: str) -> str:
    """The question as it is asked: exactly this is what somebody says yes to."""
    return words.replace(UNTIL, until)


def with_purpose(allowed: str, purpose: str) -> list[str]:
    """The purposes of a value, this one among them."""
    return [*without_purpose(allowed, purpose), purpose]


def without_purpose(allowed: str, purpose: str) -> list[str]:
    """The purposes of a value without this one."""
    return [each for each in allowed.split(",") if each and each != purpose]
