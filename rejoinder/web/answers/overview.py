"""Public answers: what people ask and how far answers reach; everything done with one of them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.answers import actions, coverage, editions, refusals, told, visits
from rejoinder.answers.coverage import Coverage
from rejoinder.answers.models import Answer, Revision
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.public import addresses
from rejoinder.web.public import stock as public

SINCE = timedelta(days=7)  # that questions were asked, to stand in the list
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer in the list."""

    answer: Answer
    title: str
    public: Revision | None
    draft: Revision | None
    stale: list[str]
    url: str
    visits: int


@require_GET
@needs(access.READ)
def answers(request: HttpRequest) -> HttpResponse:
    """What people ask with its coverage, then every answer."""
    asked = coverage.coverage(actor(request), clock.now() - SINCE)
    rows = Answer.objects.order_by("withdrawn_at", "-opened_at", "-pk")[:SHOWN]
    covered = {each.answer.pk for each in asked if each.answer}
    values = {
        "sentence": _sentence(asked),
        "asked": asked,
        "answers": [_listed(each) for each in rows],
        "covered": covered,
        "may_write": actions.may_write(actor(request)),
        "public_url": addresses.ROOT,
    }
    return render(request, "answers.html", values)


@require_POST
@needs(access.ANSWER)
def open_one(request: HttpRequest) -> HttpResponse:
    """Begin an answer, to a question that is named or in words of one's own."""
    number = request.POST.get("question", "")
    question = Question.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    title = typed(request.POST, "title") or (question.name if question else "")
    try:
        answer = actions.open_answer(actor(request), title, [question] if question else [])
    except refusals.CannotError as error:
        say(request, error)
        return redirect("answers")
    return redirect("answer", answer.public_id)


@require_POST
@needs(access.ANSWER)
def begin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The draft of the next revision, or of an edition in another language."""
    answer = _find(public_id)
    language = typed(request.POST, "language")[:10]
    try:
        actions.begin(answer, actor(request), language)
    except refusals.CannotError as error:
        say(request, error)
    return _back(answer, language)


@require_POST
@needs(access.ANSWER)
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A second person read the draft as it stood on their page."""
    answer = _find(public_id)
    language = typed(request.POST, "language")
    draft = editions.draft(answer, language)
    try:
        if draft is None or draft.written_at.isoformat() != request.POST.get("seen"):
            raise refusals.ChangedMeanwhileError(draft.written_by.name if draft else "")
        actions.check(draft, actor(request))
    except refusals.CannotError as error:
        say(request, error)
    else:
        messages.success(request, _("You stand by it now, too. It may be published."))
    return _back(answer, language)


@require_POST
@needs(access.ANSWER)
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    answer = _find(public_id)
    language = typed(request.POST, "language")
    draft = editions.draft(answer, language)
    try:
        if draft is not None:
            actions.discard(draft, actor(request))
    except refusals.CannotError as error:
        say(request, error)
    return _back(answer, language)


@require_POST
@needs(access.STEER)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an answer back."""
    answer = _find(public_id)
    try:
        actions.withdraw(answer, actor(request), typed(request.POST, "why"))
    except refusals.CannotError as error:
        say(request, error)
    else:
        messages.success(request, _("The answer is taken back. Its page says so and why."))
    return redirect("answer", answer.public_id)


@require_POST
@needs(access.ANSWER)
def cover(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It answers a question too, or no more."""
    answer = _find(public_id)
    number = request.POST.get("question", "")
    question = get_object_or_404(Question, pk=int(number) if number.isdecimal() else 0)
    change = actions.uncover if request.POST.get("covers") == "no" else actions.cover
    try:
        change(answer, question, actor(request))
    except refusals.CannotError as error:
        say(request, error)
    return redirect("answer", answer.public_id)


@require_GET
@needs(access.READ)
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The public page of the draft, as it would be."""
    draft = editions.draft(_find(public_id), request.GET.get("language", ""))
    if draft is None:
        return redirect("answer", public_id)
    return HttpResponse(public.preview(draft))


@require_GET
@needs(access.READ)
def who_was_told(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Everybody who was told one revision."""
    rows = Revision.objects.filter(published_at__isnull=False).select_related("answer")
    revision = get_object_or_404(rows, pk=number, answer__public_id=public_id)
    people = told.people(revision, actor(request))
    values = {"revision": revision, "many": people.count(), "told": people[:SHOWN]}
    return render(request, "told.html", values)


def _find(public_id: UUID) -> Answer:
    return get_object_or_404(Answer, public_id=public_id)


def _back(answer: Answer, language: str) -> HttpResponse:
    response = redirect("answer", answer.public_id)
    if language and language != answer.language:
        response["Location"] += f"?language={language}"
    return response


def _listed(answer: Answer) -> Listed:
    found = editions.editions(answer)
    own = found[0]
    newest = own.public or own.draft
    return Listed(
        answer=answer,
        title=newest.title if newest else answer.slug,
        public=own.public,
        draft=own.draft,
        stale=[each.language for each in found if each.stale],
        url=addresses.answer(answer.slug),
        visits=visits.total(answer),
    )


def _sentence(asked: list[Coverage]) -> str:
    if not asked:
        return _("Nobody asked a question with a name in the last seven days.")
    open_ = coverage.unanswered(asked)
    if not open_:
        return _("Every question asked in the last seven days has a public answer.")
    first = open_[0]
    values = {"n": words.figure(first.asked), "question": first.question.name}
    return _("%(n)s people ask “%(question)s”, and no public answer says it.") % values
