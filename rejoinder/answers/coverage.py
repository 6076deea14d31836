"""How far the answers reach: by question, who asked, who was told, who did not ask again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Subquery

from rejoinder.answers.models import Answer, Covered, Told
from rejoinder.answers.outcome import Outcome, outcome
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Conversation, Mention, Question
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor

MOST = 30  # questions


@dataclass(frozen=True, slots=True)
class Coverage:
    """A question that people ask: its live answer if it has one, and its people."""

    question: Question
    answer: Answer | None
    asked: int
    waiting: int
    outcome: Outcome


def coverage(actor: Advisor, since: datetime, most: int = MOST) -> list[Coverage]:
    """The named questions asked since then, the most asked first."""
    heard = Mention.objects.filter(pk__gte=first_since(since), created_at__gte=since, ours=False)
    asked = access.visible(actor, heard)
    rows = asked.filter(question_id__isnull=False).values_list("question_id")
    people = dict(rows.annotate(n=Count("person", distinct=True)).order_by("-n"))
    named = Question.objects.filter(pk__in=people).exclude(name="")
    questions = sorted(named, key=lambda each: (-people[each.pk], each.pk))[:most]
    numbers = [each.pk for each in questions]
    answers, waiting, came = _answers(numbers), _waiting(numbers), _outcomes(numbers)
    return [
        Coverage(
            each, answers.get(each.pk), people[each.pk], waiting.get(each.pk, 0), came[each.pk]
        )
        for each in questions
    ]


def unanswered(found: Iterable[Coverage]) -> list[Coverage]:
    """What people ask that has no public answer."""
    return [each for each in found if each.answer is None]


def _answers(questions: Sequence[int]) -> dict[int, Answer]:
    rows = Covered.objects.filter(question__in=questions, until=None).select_related("answer")
    return {row.question_id: row.answer for row in rows}


def _waiting(questions: Sequence[int]) -> dict[int, int]:
    last = Mention.objects.filter(pk=OuterRef("last_mention_id")).values("question_id")[:1]
    rows = Conversation.objects.filter(waiting_since__isnull=False)
    found = rows.annotate(question=Subquery(last)).filter(question__in=questions)
    return dict(found.values_list("question").annotate(n=Count("pk")))


def _outcomes(questions: Sequence[int]) -> dict[int, Outcome]:
    """People count for a question they asked themselves."""
    told: dict[int, dict[int, datetime]] = {question: {} for question in questions}
    rows = Told.objects.filter(revision__answer__covered__question__in=questions)
    first = rows.values_list("revision__answer__covered__question", "person")
    for question, person, at in first.annotate(at=Min("at")):
        told[question][person] = at
    asked: dict[int, list[tuple[int, datetime]]] = {question: [] for question in questions}
    said = Mention.objects.filter(question_id__in=questions, ours=False, deleted_at=None)
    for question, person, at in said.values_list("question_id", "person_id", "created_at"):
        asked[question or 0].append((person, at))
    return {each: _outcome(told[each], asked[each]) for each in questions}


def _outcome(told: dict[int, datetime], asked: list[tuple[int, datetime]]) -> Outcome:
    askers = {person for person, _ in asked}
    mine = {person: at for person, at in told.items() if person in askers}
    return outcome(mine, asked, clock.now())
