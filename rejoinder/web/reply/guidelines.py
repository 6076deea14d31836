"""The page of the organisation's own guidelines: read by all, kept by those who steer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.guidelines import keeping, starters
from rejoinder.desk.guidelines.standing import standing
from rejoinder.desk.guidelines.words import Words
from rejoinder.desk.models import Guideline, GuidelineComment, GuidelineVersion
from rejoinder.desk.refusals import CannotError
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed


@require_GET
@needs(access.READ)
def guidelines(request: HttpRequest) -> HttpResponse:
    """Every rule with its examples, earlier wordings and comments."""
    return _page(request)


@require_POST
@needs(access.STEER)
def write(request: HttpRequest, number: int = 0) -> HttpResponse:
    """A new rule, or another wording of one; what is refused stays in the form."""
    rule = get_object_or_404(Guideline, pk=number) if number else None
    seen = typed(request.POST, "seen")
    try:
        made = keeping.write(
            actor(request),
            _words(request.POST),
            rule,
            int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
        )
    except CannotError as error:
        say(request, error)
        return _page(request, (number, _words(request.POST)), status=422)
    messages.success(request, _("Kept as version %(number)s.") % {"number": made.number})
    return redirect("guidelines")


@require_POST
@needs(access.STEER)
def begin(request: HttpRequest) -> HttpResponse:
    """Start with a few that many teams have, in one's own language."""
    starters.begin(actor(request))
    return redirect("guidelines")


@require_POST
@needs(access.STEER)
def retire(request: HttpRequest, number: int) -> HttpResponse:
    """It holds no more."""
    keeping.retire(actor(request), get_object_or_404(Guideline, pk=number))
    return redirect("guidelines")


@require_POST
@needs(access.DRAFT)
def comment(request: HttpRequest, number: int) -> HttpResponse:
    """Say something about a version."""
    version = get_object_or_404(GuidelineVersion, pk=number)
    try:
        keeping.comment(actor(request), version, typed(request.POST, "text"))
    except CannotError as error:
        say(request, error)
    return redirect("guidelines")


@require_POST
@needs(access.STEER)
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """It was dealt with."""
    rows = GuidelineComment.objects.select_related("version")
    keeping.settle(actor(request), get_object_or_404(rows, pk=number))
    return redirect("guidelines")


def _page(
    request: HttpRequest, refused: tuple[int, Words] | None = None, status: int = 200
) -> HttpResponse:
    number, words = refused or (0, Words(""))
    values = {
        "standing": standing(),
        "may_keep": keeping.may_keep(actor(request)),
        "may_comment": access.may(actor(request), access.DRAFT),
        "refused": number if refused else None,
        "typed": words,
    }
    return render(request, "guidelines.html", values, status=status)


def _words(values: QueryDict) -> Words:
    return Words(
        **{
            name: typed(values, name)
            for name in ("title", "text", "good", "poor", "cues", "instead")
        }
    )
