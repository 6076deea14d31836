"""Saying something about the help of somebody else in the thread."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.desk import helpful
from rejoinder.desk.helpful import Way
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Mention
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, say, typed


@require_POST
@needs(access.DRAFT)
def respond(request: HttpRequest, public_id: UUID, mention: int) -> HttpResponse:
    """The words are in the draft of whichever conversation they belong to."""
    talk = find(actor(request), public_id)
    rows = Mention.objects.select_related("person", "conversation__person")
    row = get_object_or_404(access.visible(actor(request), rows), pk=mention)
    way = typed(request.POST, "way")
    try:
        if way not in list(Way):
            raise CannotError(_("Choose what to say about it."))
        to = helpful.respond(talk, row, actor(request), Way(way))
    except CannotError as error:
        say(request, error)
        return redirect("conversation", public_id)
    return redirect("conversation", to.public_id)
