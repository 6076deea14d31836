"""At the public door: a check is begun, a caller makes sure of us, a machine answers.

No cookie is set or read, and nothing is typed here but a reference: who asks for a PIN is not us.
"""

import logging
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rejoinder.channels import reference as references
from rejoinder.desk import spoken
from rejoinder.desk.identity import checking, rules, signed, system
from rejoinder.desk.models import IdentityCheck
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.web.frame.acting import typed
from rejoinder.web.frame.middleware import POLICY
from rejoinder.web.public import gate, render
from rejoinder.web.public.contact import page
from rejoinder.web.public.stock import the_house

HEADER = "Rejoinder-Identity"
strangers = gate.Recent()
_LOG = logging.getLogger(__name__)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """What will happen, and a button; pressed, the person goes to the organisation's own system."""
    row = checking.found(token)
    if row is None:
        return _limited(request) or _unknown()
    asked = request.GET.get("in", "") or spoken.language(row.conversation)
    with render.spoken(asked, the_house()):
        return _begun(request, row) if request.method == "POST" else _shown(row)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a reference that somebody read out is one of ours."""
    with render.spoken(request.GET.get("in", "") or translation.get_language() or "", the_house()):
        if request.method != "POST":
            return page("public/identity_verify.html", {})
        if limited := _limited(request):
            return limited
        given = typed(request.POST, "reference")
        spelt = references.understood(given)
        row = IdentityCheck.objects.filter(reference=spelt or "").first()
        values = {"asked": True, "typed": given[:40], "row": row, "ours": _is_current(row)}
        return page("public/identity_verify.html", values)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """What the organisation's system says, signed; kept once."""
    body = request.read(signed.LARGEST + 1)
    try:
        row = checking.settle(request.headers.get(HEADER, ""), body)
    except signed.BadAnswerError:
        _LOG.warning("An answer to an identity check was refused: not signed, or too old.")
        return JsonResponse({"error": "not signed, too old, or no such message"}, status=401)
    except CannotError:
        return JsonResponse({"error": "nothing is asked that this answers"}, status=409)
    return JsonResponse({"kept": row.reference})


def _begun(request: HttpRequest, row: IdentityCheck) -> HttpResponse:
    try:
        to = checking.begin(row, checking.address(row))
    except CannotError as error:
        return _shown(row, str(error), 409)
    sent = HttpResponseRedirect(to)
    sent.headers["Referrer-Policy"] = "no-referrer"
    return sent


def _shown(row: IdentityCheck, words: str = "", status: int = 200) -> HttpResponse:
    asked = system.current()
    host = (urlsplit(asked.url).hostname or "") if asked else ""
    standing = rules.standing(row.known(), clock.now())
    values = {
        "row": row,
        "standing": standing.value,
        "may_begin": asked is not None and rules.may_begin(row.known(), clock.now()),
        "host": host,
        "words": words,
    }
    shown = page("public/identity.html", values, status)
    # The button leads on to the organisation's own system, which form-action counts too.
    parts = urlsplit(asked.url) if asked else None
    there = f"{parts.scheme}://{parts.netloc}" if parts else ""
    shown.headers["Content-Security-Policy"] = POLICY.replace(
        "form-action 'self'", f"form-action 'self' {there}".rstrip()
    )
    shown.headers["Referrer-Policy"] = "no-referrer"
    return shown


def _unknown() -> HttpResponse:
    with render.spoken("", the_house()):
        return page("public/identity.html", {"standing": "unknown"}, 404)


def _limited(request: HttpRequest) -> HttpResponse | None:
    """Who tries many is told to stop."""
    network = gate.network(request.META.get("REMOTE_ADDR", ""))
    many = len(strangers.times(network)) >= gate.MOST
    strangers.came(network)
    if not many:
        return None
    words = _("Very many messages come from your network. Please call us, or try in an hour.")
    return page("public/identity.html", {"standing": "unknown", "words": words}, 429)


def _is_current(row: IdentityCheck | None) -> bool:
    return row is not None and clock.now() < row.offered_at + rules.LASTS
