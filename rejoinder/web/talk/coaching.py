"""Drafts of those who learn: the list of what waits for a look, and how they left."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.coaching import actions, listed
from rejoinder.desk.models import DraftReview
from rejoinder.desk.refusals import CannotError
from rejoinder.privacy.find import masked
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.reply import attaching

SHOWN = 2000  # code points of a draft in the list


@require_GET
@needs(access.DRAFT)
def coaching(request: HttpRequest) -> HttpResponse:
    """What waits for a look, and what became of earlier drafts."""
    me = actor(request)
    values = {
        "waiting": [(row, masked(row.text, SHOWN)) for row in listed.to_look_at(me)],
        "lately": [
            (row, masked(row.text, SHOWN), masked(row.reply.text, SHOWN) if row.reply else "")
            for row in listed.lately(me)
        ],
        "learns": access.is_learning(me),
    }
    return render(request, "coaching.html", values)


@require_POST
@needs(access.DRAFT)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A trainee has written: somebody looks at it."""
    talk = find(actor(request), public_id)
    try:
        attaching.keep_words(talk, actor(request), request.POST)
        actions.ask(talk, actor(request), typed(request.POST, "text"))
    except CannotError as error:
        say(request, error)
    else:
        messages.success(request, _("Your draft waits for a look. You can still change it."))
    return redirect("conversation", public_id)


@require_POST
@needs(access.ANSWER)
def take_up(request: HttpRequest, number: int) -> HttpResponse:
    """Look at one: the conversation opens with the words in the reply box."""
    row = get_object_or_404(DraftReview.objects.select_related("conversation"), pk=number)
    try:
        talk = actions.take_up(row, actor(request))
    except CannotError as error:
        say(request, error)
        return redirect("coaching")
    return redirect("conversation", talk.public_id)


@require_POST
@needs(access.ANSWER)
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    """The trainee writes on, with a word."""
    row = get_object_or_404(DraftReview.objects.select_related("conversation"), pk=number)
    try:
        actions.give_back(row, actor(request), typed(request.POST, "word"))
    except CannotError as error:
        say(request, error)
        return redirect("conversation", row.conversation.public_id)
    return redirect("coaching")


@require_POST
@needs(access.ANSWER)
def word(request: HttpRequest, number: int) -> HttpResponse:
    """Say something about one that left."""
    row = get_object_or_404(DraftReview.objects.filter(mentor=actor(request)), pk=number)
    try:
        actions.say(row, actor(request), typed(request.POST, "word"))
    except CannotError as error:
        say(request, error)
    return redirect("coaching")
