"""Pictures beside the reply box: put in, said in words, taken out, and shown."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import actions as desk
from rejoinder.desk import picturing, refusals
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Picture
from rejoinder.plumbing.picture import MOST
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, say, typed

ALT = "alt-"  # before the number of a picture, in the name of its field


@require_POST
@needs(access.DRAFT)
def attach(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a picture into the draft, keep what is written so far, and go on in the box."""
    talk, me = find(actor(request), public_id), actor(request)
    desk.save_draft(talk, me, typed(request.POST, "text"))
    try:
        keep_words(talk, me, request.POST)
        picturing.attach(
            talk,
            me,
            _read(request),
            typed(request.POST, "alt"),
            private="private" in request.POST,
        )
    except refusals.CannotError as error:
        say(request, error)
    return _back(public_id)


@require_POST
@needs(access.DRAFT)
def remove(request: HttpRequest, public_id: UUID, picture: UUID) -> HttpResponse:
    """Take one out again; what is written so far stays."""
    talk, me = find(actor(request), public_id), actor(request)
    desk.save_draft(talk, me, typed(request.POST, "text"))
    try:
        picturing.remove(picturing.find(talk, me, picture), me)
        keep_words(talk, me, request.POST)
    except refusals.CannotError as error:
        say(request, error)
    return _back(public_id)


@require_GET
@needs(access.READ)
def picture(request: HttpRequest, public_id: UUID, picture: UUID) -> HttpResponse:
    """One that left with a reply, or is in the reader's own draft. Raises Http404."""
    talk, me = find(actor(request), public_id), actor(request)
    rows = Picture.objects.filter(conversation=talk, public_id=picture)
    found = rows.filter(Q(reply__isnull=False) | Q(advisor=me)).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.data), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=600"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def keep_words(talk: Conversation, me: Advisor, given: QueryDict) -> None:
    """What somebody wrote beside pictures of the draft, wherever the form goes."""
    for row in picturing.drafted(talk, me):
        alt = given.get(f"{ALT}{row.public_id}")
        if alt is not None:
            picturing.describe(row, typed(given, f"{ALT}{row.public_id}"))


def _read(request: HttpRequest) -> bytes:
    file = request.FILES.get("picture")
    if not isinstance(file, UploadedFile) or not file.size:
        raise refusals.CannotError(_("Choose the file of a picture first."))
    if file.size > MOST:
        raise refusals.no_picture("too large")
    return bytes(file.read())


def _back(public_id: UUID) -> HttpResponse:
    return redirect(reverse("conversation", args=[public_id]) + "#pictures")
