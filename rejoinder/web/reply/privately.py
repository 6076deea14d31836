"""Choosing who reads a reply: everybody, or its reader alone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from rejoinder.desk import privately, refusals
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, say, typed


@require_POST
@needs(access.DRAFT)
def choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the choice and what is written so far, and go on writing in the box."""
    talk, me = find(actor(request), public_id), actor(request)
    private, text = typed(request.POST, "who") == "one", typed(request.POST, "text")
    try:
        privately.choose(talk, me, private=private, text=text)
    except refusals.CannotError as error:
        say(request, error)
    return redirect(reverse("conversation", args=[public_id]) + "#reply")
