"""Reading from rows what was heard by area: a few counts, and posts that may be shown.

What counts is a post of somebody else about us that stands: not our own, no copy, not deleted. It
belongs to one area: that of its question, if a lead said whose it is, else the first by name of
those for what it is about (`BusinessArea.intents`), else none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, IntegerField, Min, QuerySet, Value, When
from django.db.models.functions import TruncDate

from rejoinder.desk.models import BusinessArea
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Mention, Need, Question, SafetyCard
from rejoinder.reporting.models import QuestionArea
from rejoinder.reporting.spans import BACK, Span
from rejoinder.reporting.themes import MOST, Asked, Counted, Heard, Quote, Theme, theme
from rejoinder.reporting.verbatims import chosen, quoted
from rejoinder.team.models import Organisation

AMONG = 200  # posts of an area among which the verbatims are chosen, evenly over the span
_OF = "of_area"
Days = Mapping[int | None, Mapping[date, int]]


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that was heard in a span: whole (without verbatims), and by area (its pk)."""

    span: Span
    whole: Theme
    areas: Mapping[int, Theme]


def zone() -> ZoneInfo:
    """Where the organisation's days begin."""
    return ZoneInfo((Organisation.objects.first() or Organisation()).time_zone)


def read(span: Span, areas: Sequence[BusinessArea], *, quotes: int = MOST) -> Read:
    """Whole and by each of these areas, with at most so many verbatims."""
    every = standing(span.bounds(zone()))
    rows = by_area(every, areas)
    days = _days(span, areas)
    heard_from = _heard_from(span, days)
    together: dict[date, int] = defaultdict(int)
    for of in days.values():
        for day, many in of.items():
            together[day] += many
    whole = Heard(_count(every), _moods(every), _questions(every), together)
    found = {each.pk: _one(rows.filter(of_area=each.pk), days.get(each.pk, {})) for each in areas}
    told = {area: theme(heard, span, heard_from) for area, heard in found.items()}
    return Read(
        span,
        theme(whole, span, heard_from),
        {
            area: replace(each, quotes=_quotes(rows.filter(of_area=area), quotes))
            if each.whole
            else each
            for area, each in told.items()
        },
    )


def _heard_from(span: Span, days: Days) -> date | None:
    """The first day on which anything was heard; of those before the weeks looked at, one."""
    first = span.earlier(BACK)
    if Mention.objects.filter(pk__lt=first_since(first.bounds(zone())[0])).exists():
        return first.first
    return min((day for of in days.values() for day in of), default=None)


def standing(between: tuple[datetime, datetime]) -> QuerySet[Mention]:
    """What counts, of begins ≤ written < ends."""
    begins, ends = between
    return Mention.objects.filter(
        pk__gte=first_since(begins),
        created_at__gte=begins,
        created_at__lt=ends,
        ours=False,
        copy_of=None,
        deleted_at=None,
    ).order_by()


def by_area(rows: QuerySet[Mention], areas: Sequence[BusinessArea]) -> QuerySet[Any]:
    """Each with the pk of its area as `of_area`, None for what is nobody's."""
    mapped: dict[int, list[int]] = defaultdict(list)
    there = {each.pk for each in areas}
    for question, area in QuestionArea.objects.values_list("question", "area"):
        if area in there:
            mapped[area].append(question)
    by_question = [When(question_id__in=mapped[each], then=Value(each)) for each in mapped]
    by_intent = [
        When(intent__in=each.intents, then=Value(each.pk))
        for each in sorted(areas, key=lambda each: each.name)
        if each.intents
    ]
    known = Case(*by_question, *by_intent, default=None, output_field=IntegerField())
    return rows.annotate(**{_OF: known})


def _one(rows: QuerySet[Any], days: Mapping[date, int]) -> Heard:
    whole = _count(rows)
    if not whole.people:
        return Heard(whole, {}, (), days)
    return Heard(whole, _moods(rows), _questions(rows), days)


_COUNTED: dict[str, Any] = {"mentions": Count("pk"), "people": Count("person", distinct=True)}


def _count(rows: QuerySet[Any]) -> Counted:
    found = rows.aggregate(**_COUNTED)
    return Counted(found["mentions"], found["people"])


def _moods(rows: QuerySet[Any]) -> dict[str, Counted]:
    found = rows.exclude(sentiment="").values("sentiment").annotate(**_COUNTED)
    return {row["sentiment"]: Counted(row["mentions"], row["people"]) for row in found}


def _questions(rows: QuerySet[Any]) -> list[Asked]:
    """Those that a person gave a name."""
    asked = rows.filter(question_id__isnull=False).values("question_id").annotate(**_COUNTED)
    found = {row["question_id"]: Counted(row["mentions"], row["people"]) for row in asked}
    named = Question.objects.filter(pk__in=found).exclude(name="").values_list("pk", "name")
    return [Asked(pk, name, found[pk]) for pk, name in named]


def _days(span: Span, areas: Sequence[BusinessArea]) -> Days:
    """Mentions by area and day, as far back as is looked for the usual."""
    begins, _ = span.earlier(BACK).bounds(zone())
    rows = by_area(standing((begins, span.bounds(zone())[1])), areas)
    found: dict[int | None, dict[date, int]] = defaultdict(dict)
    days = rows.values_list(_OF, TruncDate("created_at", tzinfo=zone())).annotate(many=Count("pk"))
    for area, day, many in days:
        found[area][day] = many
    return found


def _quotes(rows: QuerySet[Any], most: int) -> list[Quote]:
    """One post of each person at most, said in public, without abuse and without danger."""
    if not most:
        return []
    fit = (
        rows.filter(public=True)
        .exclude(need=Need.ABUSE)
        .exclude(pk__in=SafetyCard.objects.values("mention_id"))
    )
    first = sorted(fit.values("person").annotate(first=Min("pk")).values_list("first", flat=True))
    if len(first) > AMONG:
        first = [first[at * len(first) // AMONG] for at in range(AMONG)]
    said = list(
        Mention.objects.filter(pk__in=first).order_by("pk").values_list("pk", "text", "reading")
    )
    shown = [(pk, text) for pk, text, reading in said if not (reading or {}).get("abuse")]
    places = chosen([text for _, text in shown], most)
    return [Quote(quoted(shown[at][1]), shown[at][0]) for at in places]
