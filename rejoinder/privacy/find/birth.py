"""Dates of birth: a date with a year, right after or before words that say it is one."""

from collections.abc import Iterator

import re2

from rejoinder.privacy.find.kinds import BIRTH, Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
_DATE = (
    rf"(?:{_DAY}\s?[./\s-]\s?[01]?[0-9]\s?[./\s-]\s?{_YEAR}|(?:19|20)[0-9]{{2}}[./-][01]?[0-9][./-][0-3]?[0-9]|"
    rf"(?:the\s)?{_DAY}[\s.-]?(?:of\s)?{_MONTH}[\s.,-]{{0,2}}{_YEAR}|{_MONTH}[\s.]{{0,2}}{_DAY},?\s{_YEAR}|"
    r"[0-3][0-9][01][0-9](?:19|20)?[0-9]{2})"
)
_SAID = r"\b(?:d\.?\s?o\.?\s?b\.?|date\sof\sbirth|birth\s?date|born(?:\son)?|birthday)"
_LINK = r"[\s:=(-]{0,3}(?:(?:is|was|on)\s)?(?:the\s)?"
_AFTER = rf"(?i){_SAID}{_LINK}(?P<date>{_DATE})\b"
_WHOSE = r"\s(?:is|was)\s(?:my|his|her|their)\s(?:d\.?o\.?b\b|date\sof\sbirth|birthday)"
_BEFORE = rf"(?i)\b(?P<date>{_DATE}){_WHOSE}"
PATTERN = rf"(?i)(?:{_AFTER}|{_BEFORE})".replace("(?P<date>", "(?:")
_PATTERNS = (re2.compile(_AFTER), re2.compile(_BEFORE))


def births(post: str) -> Iterator[Span]:
    """The dates alone, without the words that say what they are."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(post):
            start, end = found.span(1)
            yield Span(start, end, BIRTH)
