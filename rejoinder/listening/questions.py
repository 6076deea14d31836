"""Questions: likeness proposes them, a person names them; nothing is ever sent by itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from rejoinder.listening.hastened import hasten
from rejoinder.listening.models import Correction, Likeness, Mention, Question
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

QUESTION = "question"  # the field of a correction
NAME_CAP = 200
PEOPLE_AT_LEAST = 5  # a card is shown from so many people on
MANY = 10  # people who ask the same, before it is what many ask
EXAMPLES = 4
DAYS = 14  # of likeness that are shown


class CannotError(Exception):
    """The question cannot be changed so; the message says why."""


class Asked(NamedTuple):
    """What likeness said of one mention: a name that was learned, or a provisional one."""

    mention: int
    name: str
    provisional: bool
    at: datetime


class AskedByMany(NamedTuple):
    """Of what was kept: the mentions that ask what many ask, each with how many people do, the
    questions that are asked by many from now on, and those of which each who asks is urgent.
    """

    mentions: dict[int, int]
    newly: list[Question]
    urgent: list[Question]


def may_name(actor: Advisor) -> bool:
    """Whoever answers."""
    return access.may(actor, access.ANSWER)


def keep(asked: Iterable[Asked], people: Mapping[str, int]) -> AskedByMany:
    """Write which mention asks which question; `people` counts askers by provisional name."""
    found = list(asked)
    known = _rows(found)
    before = {question.pk for question in known.values() if _many_ask(question)}
    mentions = []
    for one in found:
        question = known[one.name]
        question.last_at = max(question.last_at, one.at)
        question.people = max(question.people, people.get(one.name, question.people))
        mentions.append(Mention(pk=one.mention, question_id=question.pk))
    Question.objects.bulk_update(known.values(), ["last_at", "people"])
    Mention.objects.bulk_update(mentions, ["question_id"])
    many = {question.pk: question for question in known.values() if _many_ask(question)}
    return AskedByMany(
        {one.mention: known[one.name].people for one in found if known[one.name].pk in many},
        [question for number, question in many.items() if number not in before],
        [question for question in known.values() if question.urgent_at],
    )


def _many_ask(question: Question) -> bool:
    """What a person named is a question that people ask, however many do so far."""
    asked = bool(question.name) and question.people >= PEOPLE_AT_LEAST
    yields = question.dismissed_at is None and question.urgent_at is None
    return yields and (asked or question.people >= MANY)


def _rows(asked: list[Asked]) -> dict[str, Question]:
    """The question of each name; a provisional one that is new gets its row."""
    names = {one.name for one in asked if not one.provisional}
    new = {one.name: one.at for one in asked if one.provisional}
    Question.objects.bulk_create(
        [Question(provisional=name, first_at=at, last_at=at) for name, at in new.items()],
        ignore_conflicts=True,
    )
    found = {row.name: row for row in Question.objects.filter(name__in=names)}
    for row in Question.objects.filter(provisional__in=list(new)):
        found[row.provisional or ""] = row
    for name in names - found.keys():  # learned from labels that came another way
        now = clock.now()
        found[name] = Question.objects.create(name=name, first_at=now, last_at=now)
    return found


def proposed(actor: Advisor) -> QuerySet[Question]:
    """Those that wait for a name, the most asked first."""
    rows = Question.objects.filter(name="", dismissed_at=None, people__gte=PEOPLE_AT_LEAST)
    return access.visible(actor, rows).order_by("-people", "id")


def named(actor: Advisor) -> QuerySet[Question]:
    """Those with a name, the one asked last first."""
    return access.visible(actor, Question.objects.exclude(name="")).order_by("-last_at", "id")


def likeness(actor: Advisor) -> list[Likeness]:
    """How good likeness was on the last days, today first."""
    return list(access.visible(actor, Likeness.objects.order_by("-day"))[:DAYS])


def asking(question: Question, actor: Advisor, many: int = EXAMPLES) -> list[Mention]:
    """The newest mentions that ask it."""
    rows = access.visible(actor, Mention.objects.filter(question_id=question.pk, deleted_at=None))
    return list(rows.select_related("person", "conversation").order_by("-id")[:many])


def name(question: Question, actor: Advisor, given: str) -> Question:
    """Give it a name, or join it to the question that has that name; the question it now is.

    Raises CannotError for a name that is none.
    """
    access.require(actor, access.ANSWER)
    called = " ".join(given.split())
    if not called or called.startswith("new-"):
        raise CannotError(_("Give the question a name that people will know it by."))
    with transaction.atomic():
        newest = _newest(question)
        kept = _joined(question, called[:NAME_CAP], actor)
        if newest is not None:
            _label(newest, question.provisional or "", kept.name, actor)
        audit.line(actor, "named the question", kept.name)
        live.changed(live.QUEUE)
    return kept


def _joined(question: Question, called: str, actor: Advisor) -> Question:
    """The question of that name: this one, or the one that has the name already."""
    other = Question.objects.filter(name=called).exclude(pk=question.pk).first()
    if other is None:
        question.name, question.named_by, question.named_at = called, actor, clock.now()
        question.save(update_fields=["name", "named_by", "named_at"])
        return question
    Mention.objects.filter(question_id=question.pk).update(question_id=other.pk)
    other.people += question.people
    other.last_at = max(other.last_at, question.last_at)
    other.save(update_fields=["people", "last_at"])
    question.dismissed_at = clock.now()
    question.save(update_fields=["dismissed_at"])
    return other


def _newest(question: Question) -> int | None:
    rows = Mention.objects.filter(question_id=question.pk).order_by("-id")
    return rows.values_list("pk", flat=True).first()


def _label(mention: int, was: str, called: str, actor: Advisor) -> None:
    """What the matcher learns from."""
    Correction.objects.create(
        mention_id=mention, field=QUESTION, was=was, now=called, advisor=actor, at=clock.now()
    )


def dismiss(question: Question, actor: Advisor) -> None:
    """It is no question; it is not proposed again."""
    access.require(actor, access.ANSWER)
    if Question.objects.filter(pk=question.pk, name="").update(dismissed_at=clock.now()):
        audit.line(actor, "dismissed a proposed question", question.provisional or "")


def asks(mention: Mention, actor: Advisor, called: str) -> None:
    """An advisor says what a mention asks: the label that the matcher learns from."""
    access.require(actor, access.ANSWER)
    kept = Question.objects.filter(name=called).first()
    if kept is None:
        raise CannotError(
            _("No question is called “%(name)s”. Name a proposed one first.") % {"name": called}
        )
    with transaction.atomic():
        learn(mention, actor, kept)
        if kept.urgent_at:
            hasten(kept, [mention.pk])
        audit.line(actor, "said what is asked", mention.pk, question=called)


def learn(mention: Mention, actor: Advisor, question: Question) -> None:
    """A mention asks this, as the actor said or showed: by answering it so, for one."""
    was = Question.objects.filter(pk=mention.question_id or 0).first()
    Mention.objects.filter(pk=mention.pk).update(question_id=question.pk)
    if was != question:
        Question.objects.filter(pk=question.pk).update(people=F("people") + 1)
    _label(mention.pk, (was.name or was.provisional or "") if was else "", question.name, actor)


def changed(called: str, words: str) -> None:
    """People ask something else under this name now; the page says so until it is looked at."""
    Question.objects.filter(name=called).update(changed_at=clock.now(), change=words[:300])
