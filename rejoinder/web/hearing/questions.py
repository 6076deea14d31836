"""What people ask: proposed questions that wait for a name, and those that have one."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.answers import editions
from rejoinder.answers.models import Answer, Covered
from rejoinder.listening import hastened
from rejoinder.listening import questions as asked
from rejoinder.listening.models import Likeness, Mention, Question
from rejoinder.reporting.digest import answering
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Card:
    """A question and some of the mentions that ask it."""

    question: Question
    asking: list[Mention]


@dataclass(frozen=True, slots=True)
class Quality:
    """How good likeness was on a day, in whole percent; `right` None: nobody has judged it yet."""

    day: date
    covered: int
    posts: int
    right: int | None
    low: int
    high: int
    judged: int


@require_GET
@needs(access.READ)
def questions(request: HttpRequest) -> HttpResponse:
    """Proposed ones first, then those with a name."""
    reader = actor(request)
    proposed = [Card(one, asked.asking(one, reader)) for one in asked.proposed(reader)[:SHOWN]]
    values = {
        "proposed": proposed,
        "named": asked.named(reader)[:SHOWN],
        "may_name": asked.may_name(reader),
        "likeness": [_quality(day) for day in asked.likeness(reader)],
    }
    return render(request, "questions.html", values)


@require_GET
@needs(access.READ)
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question with the mentions that ask it, newest first."""
    found = get_object_or_404(Question, pk=number)
    reader = actor(request)
    values = {
        "question": found,
        "asking": asked.asking(found, reader, SHOWN),
        "area_words": answering.of_question(found),
        "answer": _answer(found),
        "may_tell": access.may(reader, access.STEER),
        "may_mark": bool(found.name) and hastened.may_mark(reader),
    }
    return render(request, "question.html", values)


def _answer(found: Question) -> Answer | None:
    """The one that covers it and is public."""
    covers = Covered.objects.filter(question=found, until=None, answer__withdrawn_at=None)
    answers = (each.answer for each in covers.select_related("answer"))
    return next((each for each in answers if editions.current(each) is not None), None)


@require_POST
@needs(access.ANSWER)
def name(request: HttpRequest, number: int) -> HttpResponse:
    """Give a proposed question its name."""
    found = get_object_or_404(Question, pk=number)
    try:
        kept = asked.name(found, actor(request), typed(request.POST, "name"))
    except asked.CannotError as error:
        say(request, error)
        return redirect("questions")
    words = _("“%(name)s” is a question from now on. New mentions that ask it will say so.")
    messages.success(request, words % {"name": kept.name})
    return redirect("questions")


@require_POST
@needs(access.ANSWER)
def dismiss(request: HttpRequest, number: int) -> HttpResponse:
    """It is no question."""
    asked.dismiss(get_object_or_404(Question, pk=number), actor(request))
    return redirect("questions")


@require_POST
@needs(access.STEER)
def urgent(request: HttpRequest, number: int) -> HttpResponse:
    """Each who asks it is urgent, or no longer."""
    found = get_object_or_404(Question, pk=number)
    mark = hastened.mark if request.POST.get("urgent") else hastened.unmark
    mark(found, actor(request))
    return redirect("question", number)


def _quality(row: Likeness) -> Quality:
    return Quality(
        day=row.day,
        covered=round(100 * row.covered),
        posts=row.posts,
        right=round(100 * row.right) if row.judged else None,
        low=round(100 * row.right_low),
        high=round(100 * row.right_high),
        judged=row.judged,
    )
