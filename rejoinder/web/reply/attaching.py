"""Pictures and films beside the reply box: put in, said in words, taken out, and shown."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import actions as desk
from rejoinder.desk import filming, picturing, refusals
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Picture
from rejoinder.plumbing import film, uploads
from rejoinder.plumbing.picture import MOST
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.reply import playing

FULL = ("disk is full", "no space left")  # SQLite's words, PostgreSQL's
ALT = "alt-"  # before the number of a picture, in the name of its field


@require_POST
@needs(access.DRAFT)
def attach(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a picture or film into the draft, keep what is written so far, and go on in the box."""
    talk, me = find(actor(request), public_id), actor(request)
    desk.save_draft(talk, me, typed(request.POST, "text"))
    try:
        keep_words(talk, me, request.POST)
        _take(request, talk, me, private="private" in request.POST)
    except refusals.CannotError as error:
        say(request, error)
    except OperationalError as error:  # what somebody wrote was saved before
        if not any(words in str(error).lower() for words in FULL):
            raise
        say(request, refusals.no_room_for_film())
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
def picture(request: HttpRequest, public_id: UUID, picture: UUID) -> HttpResponseBase:
    """One that left with a reply, or is in the reader's own draft. Raises Http404."""
    talk, me = find(actor(request), public_id), actor(request)
    rows = Picture.objects.filter(conversation=talk, public_id=picture)
    mine = rows.filter(Q(reply__isnull=False) | Q(advisor=me))
    found = mine.defer("data").first()
    if found is None:
        raise Http404
    answer: HttpResponseBase
    if found.seconds:
        answer = playing.play(request, found)
    else:
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


def _take(request: HttpRequest, talk: Conversation, me: Advisor, *, private: bool) -> None:
    file = _file(request)
    alt = typed(request.POST, "alt")
    if _is_film(file):
        filming.require_size(file.size or 0, filming.limit(talk, private=private))
        picturing.attach_film(talk, me, bytes(file.read()), alt, private=private)
        return
    if (file.size or 0) > MOST:
        raise refusals.no_picture("too large")
    picturing.attach(talk, me, bytes(file.read()), alt, private=private)


def _file(request: HttpRequest) -> Any:
    why = uploads.passed_over(request)
    if why == uploads.NO_ROOM:
        raise refusals.no_room_for_film()
    if why:
        raise refusals.film_too_large(film.MOST)
    file = request.FILES.get("picture")
    if not isinstance(file, UploadedFile) or not file.size:
        raise refusals.CannotError(_("Choose the file of a picture first."))
    return file


def _is_film(file: Any) -> bool:
    """By how it begins: what its name says, or its sender, proves nothing."""
    start = bytes(file.read(8))
    file.seek(0)
    return start[4:] == b"ftyp"


def _back(public_id: UUID) -> HttpResponse:
    return redirect(reverse("conversation", args=[public_id]) + "#pictures")
