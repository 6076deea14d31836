"""Saying which area of the business a question belongs to."""

from collections.abc import Mapping

from django.db import transaction

from rejoinder.desk.experts import areas
from rejoinder.desk.models import BusinessArea
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock
from rejoinder.reporting.models import QuestionArea
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

SHOWN = 100  # questions, those asked last


def may_map(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def mapped() -> list[tuple[Question, BusinessArea | None]]:
    """Questions with a name, the one asked last first, each with the area that a lead said."""
    rows = Question.objects.exclude(name="").order_by("-last_at", "id")[:SHOWN]
    said = {
        row.question_id: row.area
        for row in QuestionArea.objects.select_related("area").filter(area__ended_at=None)
    }
    return [(question, said.get(question.pk)) for question in rows]


def keep(actor: Advisor, wanted: Mapping[int, BusinessArea | None]) -> int:
    """Each question (its pk) with its area, None where what it is about decides; how many are
    other than they were.
    """
    access.require(actor, access.STEER)
    before = {question.pk: area for question, area in mapped()}
    changed = {pk: to for pk, to in wanted.items() if pk in before and before[pk] != to}
    with transaction.atomic():
        for pk, area in changed.items():
            _keep(actor, pk, area)
    return len(changed)


def area_of(question: Question) -> BusinessArea | None:
    """That a lead said, while it stands."""
    rows = QuestionArea.objects.filter(question=question, area__ended_at=None)
    row = rows.select_related("area").first()
    return row.area if row else None


def begin(actor: Advisor, usual: Mapping[str, list[str]]) -> int:
    """The first areas, by name with what they are about; none where there are some already."""
    access.require(actor, access.STEER)
    if areas.kept().exists():
        return 0
    with transaction.atomic():
        for name, intents in usual.items():
            areas.keep(actor, name, intents)
    return len(usual)


def _keep(actor: Advisor, question: int, area: BusinessArea | None) -> None:
    if area is None:
        QuestionArea.objects.filter(question=question).delete()
    else:
        QuestionArea.objects.update_or_create(
            question_id=question,
            defaults={"area": area, "mapped_by": actor, "mapped_at": clock.now()},
        )
    name = Question.objects.values_list("name", flat=True).get(pk=question)
    audit.line(actor, "said whose the question is", name, area=area.name if area else "")
