"""Counting who follows a short link: a number a day, nothing about anybody."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from django.db import transaction
from django.db.models import F, Sum

from rejoinder.answers.models import Answer, LinkVisit, Visit


class Followed(NamedTuple):
    """What a short link led to on a day: the row of an answer, or of a link to our own pages."""

    kind: Literal["answer", "link"]
    row: int
    day: date


def count(visits: Mapping[Followed, int]) -> None:
    """Add how often each was followed on a day."""
    with transaction.atomic():
        for (kind, row, day), many in visits.items():
            if kind == "answer":
                Visit.objects.get_or_create(answer_id=row, day=day)
                Visit.objects.filter(answer_id=row, day=day).update(count=F("count") + many)
            else:
                LinkVisit.objects.get_or_create(link_id=row, day=day)
                LinkVisit.objects.filter(link_id=row, day=day).update(count=F("count") + many)


def total(answer: Answer) -> int:
    """All visits of an answer."""
    return Visit.objects.filter(answer=answer).aggregate(n=Sum("count"))["n"] or 0
