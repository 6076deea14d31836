"""The page of piles, putting a wave into one and dissolving it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.models import Pile
from rejoinder.desk.piles import actions, listed
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, needs, say, typed


@require_GET
@needs(access.READ)
def piles(request: HttpRequest) -> HttpResponse:
    """What is proposed, what stands, what was dissolved."""
    reader = actor(request)
    values = {
        "proposed": listed.proposed(reader),
        "standing": listed.standing(reader),
        "dissolved": listed.dissolved(reader),
        "may_pile": actions.may_pile(reader),
    }
    return render(request, "piles/piles.html", values)


def shown(talk: Conversation, reader: Advisor) -> dict[str, int]:
    """Beside a conversation: how many say the same as its last words, for those who may pile."""
    if not actions.may_pile(reader) or talk.waiting_since is None:
        return {}
    return {"same_words": actions.others_say(talk.last_mention_id or 0)}


@require_POST
@needs(access.STEER)
def pile(request: HttpRequest, number: int) -> HttpResponse:
    """Put copies of a mention into a pile."""
    mention = get_object_or_404(Mention, pk=number, ours=False)
    try:
        actions.pile(mention, actor(request), typed(request.POST, "why"))
    except CannotError as error:
        say(request, error)
    return redirect("piles")


@require_POST
@needs(access.STEER)
def dissolve(request: HttpRequest, number: int) -> HttpResponse:
    """They wait again."""
    many = actions.dissolve(get_object_or_404(Pile, pk=number), actor(request))
    said = ngettext("%(n)s conversation waits again.", "%(n)s conversations wait again.", many)
    messages.success(request, said % {"n": many})
    return redirect("piles")
