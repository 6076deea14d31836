"""The page of impostors, and what people do there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.impostors import actions, listed
from rejoinder.desk.impostors.likeness import Like
from rejoinder.desk.models import Impostor
from rejoinder.desk.refusals import CannotError
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.talk.blocking import there


@require_GET
@needs(access.READ)
def impostors(request: HttpRequest) -> HttpResponse:
    """Those that are open with what shows it, then those that were closed."""
    reader = actor(request)
    found = listed.open_ones(reader, translation.get_language())
    values = {
        "impostors": [(each, likeness(each.row.like), there(each.row.person)) for each in found],
        "ended": listed.ended(reader),
        "may_decide": actions.may_decide(reader),
        "may_answer": access.may(reader, access.ANSWER),
    }
    return render(request, "impostors/impostors.html", values)


@require_POST
@needs(access.ANSWER)
def reported(request: HttpRequest, number: int) -> HttpResponse:
    """Reported on the platform, by hand."""
    actions.reported(_find(number), actor(request))
    return redirect("impostors")


@require_POST
@needs(access.STEER)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Gone, or none."""
    given = request.POST
    try:
        actions.end(_find(number), actor(request), typed(given, "as"), typed(given, "why"))
    except CannotError as error:
        say(request, error)
    return redirect("impostors")


@require_POST
@needs(access.ANSWER)
def warn(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """The conversation opens with the warning behind the draft."""
    try:
        talk = actions.warn(_find(number), find(actor(request), public_id), actor(request))
    except CannotError as error:
        say(request, error)
        return redirect("impostors")
    return redirect("conversation", talk.public_id)


def likeness(like: str) -> str:
    """How it is like ours, in words."""
    return {
        Like.LETTERS: _("The same to the eye, in other letters or with signs between"),
        Like.ELSEWHERE: _("Our handle on another server"),
        Like.ADDED: _("Our handle with words such as “help”, or with a number"),
        Like.MISSPELT: _("Our handle with one letter different"),
        Like.NAME: _("Shows our name"),
    }[Like(like)]


def _find(number: int) -> Impostor:
    return get_object_or_404(Impostor.objects.select_related("person", "account"), pk=number)
