"""Mentions by the minute, each person once an hour: of all, of problems, of one
question, of one area.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from rejoinder.crisis.alarm.passed_over import left_out
from rejoinder.crisis.models import Naming
from rejoinder.crisis.surge.people import People
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Mention
from rejoinder.listening.read.words import PROBLEMS

BIN = 60  # seconds
LATE = timedelta(minutes=10)  # heard so long after it was written, a mention counts as of now


class Row(NamedTuple):
    """What counting needs of a mention."""

    at: float  # seconds since 1970
    person: int
    problem: bool


class Minute(NamedTuple):
    """One bin."""

    at: float
    mentions: int
    problems: int


def newest() -> int:
    """The number of the mention heard last."""
    return Mention.objects.order_by("-id").values_list("id", flat=True).first() or 0


def rows(begins: datetime, ends: datetime, heard: int) -> list[Row]:
    """Mentions written in this time, and late ones: heard after number `heard`, written before.

    Times from `begins` on; a late one has that of `begins`.
    """
    written = Q(created_at__gte=begins, created_at__lt=ends)
    late = Q(id__gt=heard, created_at__gte=begins - LATE, created_at__lt=begins)
    found = Mention.objects.filter(
        written | late, id__gte=first_since(begins - LATE), ours=False
    ).exclude(left_out())
    first = begins.timestamp()
    values = found.values_list("created_at", "person_id", "intent")
    read = [Row(max(at.timestamp(), first), who, intent in PROBLEMS) for at, who, intent in values]
    return sorted(read)


def of_question(number: int, begins: datetime, ends: datetime) -> list[Row]:
    """Mentions that ask this question, written in this time or a little before.

    Those of before have the time `begins`: which question they ask was perhaps found since.
    Whoever was counted already is not counted again, because nobody is within the hour.
    """
    found = Mention.objects.filter(
        question_id=number, created_at__gte=begins - LATE, created_at__lt=ends, ours=False
    ).exclude(left_out())
    first = begins.timestamp()
    values = found.values_list("created_at", "person_id")
    return sorted(Row(max(at.timestamp(), first), who, problem=False) for at, who in values)


def of_area(area: str, begins: datetime, ends: datetime) -> list[Row]:
    """Mentions that name a place of this area, taken in time as those of a question."""
    found = Naming.objects.filter(
        area=area, at__gte=begins - LATE, at__lt=ends, mention__ours=False
    ).exclude(left_out("mention"))
    first = begins.timestamp()
    values = found.values_list("at", "mention__person_id", "mention__intent")
    return sorted(
        Row(max(at.timestamp(), first), who, what in PROBLEMS) for at, who, what in values
    )


def minutes(
    counted: Iterable[Row], begins: datetime, ends: datetime, people: People, troubled: People
) -> Iterator[Minute]:
    """Every minute of a time, also those in which nobody wrote.

    `people` and `troubled` remember who was counted lately, and of whom a problem was.
    """
    mentions, problems = Counter[int](), Counter[int]()
    for row in counted:
        place = int(row.at // BIN)
        mentions[place] += people.count(row.at, [row.person])
        if row.problem:
            problems[place] += troubled.count(row.at, [row.person])
    for place in range(int(begins.timestamp()) // BIN, int(ends.timestamp()) // BIN):
        yield Minute(place * BIN, mentions[place], problems[place])
