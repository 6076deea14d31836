"""Where a colleague called somebody in a note."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.models import NoteCall
from rejoinder.desk.notes import calling
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs


@require_GET
@needs(access.READ)
def for_you(request: HttpRequest) -> HttpResponse:
    """What has not been seen first."""
    return render(request, "for_you.html", {"calls": calling.for_you(actor(request))})


@require_POST
@needs(access.DRAFT)
def see(request: HttpRequest, number: int) -> HttpResponse:
    """Open the conversation; from then on it counts as seen."""
    mine = NoteCall.objects.filter(advisor=actor(request)).select_related("note__conversation")
    row = get_object_or_404(mine, pk=number)
    calling.saw(row, actor(request))
    return redirect("conversation", row.note.conversation.public_id)
