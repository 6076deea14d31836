"""An ordinary week of work as people write it: “Mon-Fri 8-12 13-17:30, Sat 22-6”. Pure.

Eight days: Monday to Sunday, then public holidays, on which the hours of the weekday do not hold.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

DAYS = 8
HOLIDAY = 7  # the place of public holidays among the days
DAY = 24 * 60  # minutes

# What may be typed for each day, in English and German; matched by its first letters.
_TYPED = (
    ("monday", "montag"),
    ("tuesday", "dienstag"),
    ("wednesday", "mittwoch"),
    ("thursday", "donnerstag"),
    ("friday", "freitag"),
    ("saturday", "samstag"),
    ("sunday", "sonntag"),
    ("holidays", "feiertage"),
)
_LEAST = 2  # letters
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?-(\d{1,2})(?:[:.](\d{2}))?")
_DASH = re.compile(r"\s*[-–—]\s*")
_PARTS = re.compile(r"[,;\n]")


class Span(NamedTuple):
    """Minutes since midnight; one that ends tomorrow ends after 1,440."""

    begins: int
    ends: int


Spans = tuple[Span, ...]
Week = tuple[Spans, ...]
NEVER: Week = ((),) * DAYS


class NoHoursError(ValueError):
    """A part of what was typed is no working time; `part` is it."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part.strip()[:40]


def read(text: str) -> Week:
    """The week that was typed; days not named are free. Raises NoHoursError.

    A part without a day goes on with the days before it.
    """
    week: list[list[Span]] = [[] for _ in range(DAYS)]
    days: list[int] = []
    for part in filter(str.strip, _PARTS.split(text)):
        words = _DASH.sub("-", part).split()
        named = [word for word in words if not word[0].isdigit()]
        if named:
            days = [day for word in named for day in _days(word, part)]
        if not days or len(named) == len(words) or words[: len(named)] != named:
            raise NoHoursError(part)
        for day in days:
            week[day] += _spans(words[len(named) :], part)
    return tuple(_in_order(spans, text) for spans in week)


def read_hours(text: str) -> Spans:
    """Hours of one day: “8-12 13-17”. Empty: none. Raises NoHoursError."""
    words = _DASH.sub("-", _PARTS.sub(" ", text)).split()
    return _in_order(_spans(words, text), text)


def written(week: Week, names: Sequence[str]) -> str:
    """The same in words that `read` takes, with these eight names of days; free days left out."""
    return ", ".join(
        f"{names[days[0]]}{f'-{names[days[-1]]}' if len(days) > 1 else ''} {written_hours(spans)}"
        for days, spans in _runs(week)
    )


def written_hours(spans: Spans) -> str:
    """“8-12 13-17:30”."""
    return " ".join(f"{_clock(span.begins)}-{_clock(_folded(span.ends))}" for span in spans)


def _runs(week: Week) -> Iterator[tuple[list[int], Spans]]:
    """Days in a row that have the same hours; public holidays always stand alone."""
    worked = [day for day in range(DAYS) if week[day]]
    for (_, _, spans), run in groupby(
        enumerate(worked), key=lambda at: (at[1] - at[0], at[1] == HOLIDAY, week[at[1]])
    ):
        yield [day for _, day in run], spans


def _days(word: str, part: str) -> list[int]:
    first, dash, last = word.partition("-")
    begin, end = _day(first, part), _day(last if dash else first, part)
    if HOLIDAY in (begin, end) and dash:
        raise NoHoursError(part)
    return list(range(begin, end + 1)) if begin <= end else [*range(begin, 7), *range(end + 1)]


def _day(word: str, part: str) -> int:
    typed = word.casefold().rstrip(".:")
    for day, names in enumerate(_TYPED):
        if len(typed) >= _LEAST and any(name.startswith(typed) for name in names):
            return day
    raise NoHoursError(part)


def _spans(words: Sequence[str], part: str) -> list[Span]:
    return [_span(word, part) for word in words]


def _span(word: str, part: str) -> Span:
    found = _SPAN.fullmatch(word)
    hours = [int(each or 0) for each in found.groups()] if found else []
    if not hours or max(hours[1], hours[3]) >= 60:
        raise NoHoursError(part)
    begins, ends = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if begins >= DAY or ends > DAY or begins == ends:
        raise NoHoursError(part)
    return Span(begins, ends if ends > begins else ends + DAY)


def _in_order(spans: Sequence[Span], text: str) -> Spans:
    """By time; hours that overlap are a slip of the pen."""
    ordered = tuple(sorted(spans))
    for one, next_ in pairwise(ordered):
        if one.ends > next_.begins:
            raise NoHoursError(text)
    return ordered


def _folded(minute: int) -> int:
    return minute - DAY if minute > DAY else minute


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}" if minute % 60 else f"{minute // 60}"
