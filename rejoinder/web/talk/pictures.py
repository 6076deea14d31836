"""A picture that came with a post, fetched by the desk when an advisor asks to see it."""

import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from rejoinder.listening.models import Mention
from rejoinder.plumbing import scanner
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.http import network
from rejoinder.plumbing.picture import MEDIA_TYPE, NoPictureError, harmless
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs
from rejoinder.web.talk.thread import web_address

PATIENCE = 8.0  # seconds for the picture to come
KEPT = 600  # seconds that the browser keeps it, and nobody else

_LOG = logging.getLogger(__name__)


@require_GET
@needs(access.READ)
def picture(request: HttpRequest, public_id: UUID, mention: int, place: int) -> HttpResponse:
    """The picture made harmless; nothing of it is kept here. Raises Http404 when there is none."""
    talk = find(actor(request), public_id)
    rows = Mention.objects.filter(channel=talk.channel, deleted_at=None)
    row = access.visible(actor(request), rows).filter(pk=mention).first()
    if row is None or place >= len(row.media) or row.media[place].get("kind") != "image":
        raise Http404
    url = web_address(str(row.media[place].get("url", "")))
    if not url:
        raise Http404
    answer = HttpResponse(_fetched(url), content_type=MEDIA_TYPE)
    answer["Cache-Control"] = f"private, max-age={KEPT}"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _fetched(url: str) -> bytes:
    try:
        answer = network().call("GET", url, header={"Accept": "image/*"}, timeout=PATIENCE)
    except NoAnswerError as error:
        raise Http404(str(error)) from None
    if answer.status != 200 or answer.cut:
        raise Http404
    try:
        scanner.scan(answer.body)
        return harmless(answer.body)
    except scanner.InfectedError as error:
        _LOG.warning("The scanner stopped a picture that was asked for: %s", error)
        raise Http404("stopped by the scanner") from None
    except scanner.NotScannedError as error:
        _LOG.warning("A picture is not shown, since the scanner did not look at it: %s", error)
        raise Http404("not scanned") from None
    except NoPictureError as error:
        raise Http404(str(error)) from None
