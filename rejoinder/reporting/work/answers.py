"""Public answers: how often they were looked at, who was told them, and what they do not cover."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from django.db.models import Count, Max, Min, Sum

from rejoinder.answers.models import Answer, Covered, Revision, Told, Visit
from rejoinder.listening.models import Mention, Question
from rejoinder.reporting.few import FEW
from rejoinder.reporting.rollup.blocks import between
from rejoinder.reporting.rollup.counting import keep
from rejoinder.reporting.rollup.people import counted
from rejoinder.reporting.work import feedback
from rejoinder.reporting.work.feedback import Mood, Said

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Used:
    """An answer with its newest title, how often its short link was followed, and how many people
    were told it (None when too few).
    """

    answer: Answer
    title: str
    views: int
    told: int | None


@dataclass(frozen=True, slots=True)
class Open:
    """A named question that people ask and no answer covers."""

    question: Question
    people: int


@dataclass(frozen=True, slots=True)
class Turned:
    """The mood about a question around the moment at which its first answer was public."""

    question: Question
    at: datetime
    mood: Mood


def used(begins: datetime, ends: datetime) -> list[Used]:
    """Answers that are public or were looked at or told in the time, most views first.

    Views are kept by the day (UTC): every day that the time touches counts whole.
    """
    days = (begins.astimezone(UTC).date(), ends.astimezone(UTC).date())
    seen = Visit.objects.filter(day__range=days).values_list("answer").annotate(n=Sum("count"))
    rows = Told.objects.filter(at__gte=begins, at__lt=ends).values_list("revision__answer")
    told = dict(rows.annotate(n=Count("person", distinct=True)))
    views = dict(seen)
    public = Revision.objects.filter(published_at__lt=ends)
    newest = public.values_list("answer").annotate(n=Max("id"))
    titles = {
        each.answer_id: each.title
        for each in Revision.objects.filter(pk__in=[row for _, row in newest])
    }
    answers = Answer.objects.filter(pk__in=titles)
    found = [
        Used(each, titles[each.pk], views.get(each.pk, 0), _told(told.get(each.pk, 0)))
        for each in answers
        if each.withdrawn_at is None or each.pk in views or each.pk in told
    ]
    return sorted(found, key=lambda each: (-each.views, -(each.told or 0), each.title))[:SHOWN]


def _told(people: int) -> int | None:
    return None if 0 < people < FEW else people


def uncovered(begins: datetime, ends: datetime) -> list[Open]:
    """Named questions asked in the time by enough people, that no answer covers now."""
    keep()
    found = between(begins, ends, ("question", "person"))
    named = Question.objects.exclude(name="").filter(dismissed_at=None)
    free = list(named.exclude(pk__in=Covered.objects.filter(until=None).values("question")))
    place = {each.pk: number for number, each in enumerate(free)}
    mine = found.where(np.isin(found["question"], list(place)))
    groups = np.array([place[each] for each in mine["question"].tolist()], np.int64)
    people = counted(groups, mine["person"], len(free))[1].tolist() if free else []
    rows = [Open(each, many) for each, many in zip(free, people, strict=True) if many >= FEW]
    return sorted(rows, key=lambda row: (-row.people, row.question.name))[:SHOWN]


def turned(begins: datetime, ends: datetime) -> list[Turned]:
    """Questions whose first answer was public in the time, newest first. One that an older answer
    came to cover later counts from then on.
    """
    first = (
        Revision.objects.filter(published_at__isnull=False)
        .values("answer")
        .annotate(at=Min("published_at"))
        .values_list("answer", "at")
    )
    public = dict(first)
    moments: dict[int, datetime] = {}
    for answer, question, since in Covered.objects.filter(answer__in=public).values_list(
        "answer", "question", "since"
    ):
        at = max(public[answer], since)
        moments[question] = min(at, moments.get(question, at))
    within = {question: at for question, at in moments.items() if begins <= at < ends}
    newest = sorted(within, key=lambda each: (within[each], each), reverse=True)[:SHOWN]
    said = _said(newest)
    named = Question.objects.in_bulk(newest)
    return [
        Turned(named[each], within[each], feedback.mood(said[each], within[each]))
        for each in newest
        if named[each].name
    ]


def _said(questions: list[int]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = {each: [] for each in questions}
    rows = Mention.objects.filter(
        question_id__in=questions, ours=False, copy_of=None, deleted_at=None
    ).exclude(sentiment="")
    for question, person, at, sentiment in rows.order_by("created_at", "id").values_list(
        "question_id", "person", "created_at", "sentiment"
    ):
        found[question or 0].append(Said(person, at, sentiment == "negative"))
    return found
