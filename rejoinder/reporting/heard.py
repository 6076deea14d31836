"""What was heard by area, from the rollups: a few counts, and posts that may be shown.

What counts is a post of somebody else about us that stands: not our own, no copy, not deleted. It
belongs to one area: that of its question, if a lead said whose it is, else the first by name of
those for what it is about (`BusinessArea.intents`), else none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from rejoinder.desk.models import BusinessArea
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Mention, Need, Question, SafetyCard
from rejoinder.reporting.models import QuestionArea
from rejoinder.reporting.rollup.areas import Mapped
from rejoinder.reporting.rollup.blocks import between
from rejoinder.reporting.rollup.columns import Columns, Ints
from rejoinder.reporting.rollup.counting import keep
from rejoinder.reporting.rollup.days import day_of
from rejoinder.reporting.rollup.people import counted
from rejoinder.reporting.spans import BACK, Span
from rejoinder.reporting.themes import MOST, Asked, Counted, Heard, Quote, Theme, theme
from rejoinder.reporting.verbatims import chosen, quoted
from rejoinder.reporting.zone import zone

AMONG = 200  # posts of an area among which the verbatims are chosen, evenly over the span
_COLUMNS = ("row", "person", "question", "need", "public", "intent", "sentiment")
Days = Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that was heard in a span: whole (without verbatims), and by area (its pk)."""

    span: Span
    whole: Theme
    areas: Mapping[int, Theme]


def read(span: Span, areas: Sequence[BusinessArea], *, quotes: int = MOST) -> Read:
    """Whole and by each of these areas, with at most so many verbatims."""
    keep()
    begins, ends = span.bounds(zone())
    found = between(begins, ends, _COLUMNS)
    past = between(span.earlier(BACK).bounds(zone())[0], begins, ("question", "intent"))
    mapped = mapped_to(areas)
    of, of_past = mapped.of(found), mapped.of(past)
    days = np.concatenate([day_of(past["at"], zone()), day_of(found["at"], zone())])
    whose = np.concatenate([of_past, of])
    together = _days(days)
    heard_from = _heard_from(span, together)
    told = {}
    for area in areas:
        own = found.where(of == area.pk)
        one = theme(_one(own, _days(days[whose == area.pk])), span, heard_from)
        told[area.pk] = replace(one, quotes=_quotes(own, quotes)) if one.whole else one
    return Read(span, theme(_one(found, together), span, heard_from), told)


def mapped_to(areas: Sequence[BusinessArea]) -> Mapped:
    """Whose each mention is, for many in columns, as it is mapped now."""
    return Mapped(*_mapped(areas))


def whose(question: int | None, intent: str, areas: Sequence[BusinessArea]) -> int | None:
    """The same of one mention."""
    return area_finder(areas)(question, intent)


def area_finder(areas: Sequence[BusinessArea]) -> Callable[[int | None, str], int | None]:
    """The same of many, one by one."""
    questions, intents = _mapped(areas)
    return lambda question, intent: questions.get(question or 0) or intents.get(intent)


def _mapped(areas: Sequence[BusinessArea]) -> tuple[dict[int, int], dict[str, int]]:
    """The area of each question of which a lead said it, and the first one for each intent."""
    there = {each.pk for each in areas}
    said = QuestionArea.objects.values_list("question", "area")
    first: dict[str, int] = {}
    for each in sorted(areas, key=lambda each: each.name):
        for intent in each.intents:
            first.setdefault(intent, each.pk)
    return {question: area for question, area in said if area in there}, first


def _heard_from(span: Span, days: Days) -> date | None:
    """The first day on which anything was heard; of those before the weeks looked at, one."""
    first = span.earlier(BACK)
    if Mention.objects.filter(pk__lt=first_since(first.bounds(zone())[0])).exists():
        return first.first
    return min(days, default=None)


def _one(found: Columns, days: Days) -> Heard:
    whole = _groups(found, np.zeros(found.many, np.int64), 1)[0]
    return Heard(whole, _moods(found), _questions(found), days)


def _groups(found: Columns, groups: Ints, many: int) -> list[Counted]:
    mentions, people = counted(groups, found["person"], many)
    return [Counted(*pair) for pair in zip(mentions.tolist(), people.tolist(), strict=True)]


def _moods(found: Columns) -> dict[str, Counted]:
    """By sentiment, of those that were read."""
    words = found.words["sentiment"]
    told = zip(words, _groups(found, found["sentiment"], max(len(words), 1)), strict=False)
    return {word: each for word, each in told if word and each.mentions}


def _questions(found: Columns) -> list[Asked]:
    """Those that a person gave a name."""
    asked, places = np.unique(found["question"], return_inverse=True)
    told = dict(zip(asked.tolist(), _groups(found, places, max(len(asked), 1)), strict=False))
    named = Question.objects.filter(pk__in=told).exclude(name="").values_list("pk", "name")
    return [Asked(pk, name, told[pk]) for pk, name in named]


def _days(days: Ints) -> dict[date, int]:
    """Mentions by day."""
    told = zip(*(each.tolist() for each in np.unique(days, return_counts=True)), strict=True)
    return {date.fromordinal(day): many for day, many in told}


def _quotes(found: Columns, most: int) -> list[Quote]:
    """One post of each person at most, said in public, without abuse and without danger."""
    if not most or not found.many:
        return []
    within = (int(found["row"].min()), int(found["row"].max()))
    cards = SafetyCard.objects.filter(mention_id__range=within).values_list("mention_id", flat=True)
    fit = (found["public"] == 1) & (found["need"] != Need.ABUSE)
    fit &= ~np.isin(found["row"], np.array(list(cards), np.int64))
    kept = found.where(fit)
    first = np.sort(kept["row"][np.unique(kept["person"], return_index=True)[1]]).tolist()
    if len(first) > AMONG:
        first = [first[at * len(first) // AMONG] for at in range(AMONG)]
    said = Mention.objects.filter(pk__in=first, deleted_at=None).order_by("pk")
    told = said.values_list("pk", "text", "reading")
    shown = [(pk, text) for pk, text, reading in told if not (reading or {}).get("abuse")]
    places = chosen([text for _, text in shown], most)
    return [Quote(quoted(shown[at][1]), shown[at][0]) for at in places]
