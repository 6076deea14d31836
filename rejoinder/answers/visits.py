"""Counting who follows a short link: a number a day, nothing about anybody."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Sum

from rejoinder.answers.models import Answer, Visit


def count(visits: Mapping[tuple[int, date], int]) -> None:
    """Add how often the link of each answer was followed on a day."""
    with transaction.atomic():
        for (answer, day), many in visits.items():
            Visit.objects.get_or_create(answer_id=answer, day=day)
            Visit.objects.filter(answer_id=answer, day=day).update(count=F("count") + many)


def total(answer: Answer) -> int:
    """All visits of an answer."""
    return Visit.objects.filter(answer=answer).aggregate(n=Sum("count"))["n"] or 0
