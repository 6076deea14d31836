"""Where platforms send what is new: one address for each account, open to whoever can sign.

No cookie is read or set. What is signed, and how, is the channel's; here are the size, the copies
and the intake log: a platform hears 200 when its posts are durable, and not before.
"""

import logging
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rejoinder.channels import deliveries, registry
from rejoinder.channels.contract import Received, TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.listening.hear.hand_in import hand_in
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.log import LogError

MOST = 1_000_000  # bytes of one delivery

_LOG = logging.getLogger(__name__)
_NOBODY = Answer(404, {}, b"Nothing is delivered here.\n")
_TOO_LARGE = Answer(413, {}, b"This is too large.\n")
_COPY = Answer(409, {}, b"This was delivered before.\n")
_LATER = Answer(503, {"retry-after": "30"}, b"Not now. Send it again.\n")


@never_cache
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A challenge answered, or a delivery taken once."""
    account = Account.objects.filter(public_id=public_id, disconnected_at=None).first()
    if account is None:
        return _answered(_NOBODY)
    body = _body(request)
    if body is None:
        _LOG.warning("%s: a delivery of more than %d bytes was refused.", account.handle, MOST)
        return _answered(_TOO_LARGE)
    return _answered(_taken(account, request, body))


def _body(request: HttpRequest) -> bytes | None:
    """What was sent; None when it is more than anybody signs. No more of it is read."""
    try:
        told = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return None
    if not 0 <= told <= MOST:
        return None
    found = request.read(MOST + 1)
    return found if len(found) <= MOST else None


def _taken(account: Account, request: HttpRequest, body: bytes) -> Answer:
    try:
        received = open_account(account).receive(
            request.method or "",
            request.GET.dict(),
            {name.lower(): value for name, value in request.headers.items()},
            body,
        )
    except (TroubleError, registry.UnknownChannelError):
        return _LATER
    except Exception:  # noqa: BLE001  # channels are other people's code
        _LOG.exception("%s: a delivery raised an error.", account.handle)
        return _LATER
    if received.response.status >= 400:
        said = received.response.body.decode(errors="replace")
        _LOG.warning("%s: a delivery was refused: %s", account.handle, said)
    return _kept(account, received)


def _kept(account: Account, received: Received) -> Answer:
    """Posts and the mark that they were taken, or neither."""
    try:
        with transaction.atomic():
            if received.delivery and not deliveries.first(account, received.delivery):
                _LOG.warning("%s: a copy of a delivery was refused.", account.handle)
                return _COPY
            if received.posts:
                hand_in(account, received.posts)
    except (LogError, DatabaseError):
        _LOG.exception("%s: a delivery was not taken.", account.handle)
        return _LATER
    return received.response


def _answered(answer: Answer) -> HttpResponse:
    kind = answer.header.get("content-type", "text/plain; charset=utf-8")
    response = HttpResponse(answer.body, status=answer.status, content_type=kind)
    for name, value in answer.header.items():
        response.headers[name] = value
    return response
