"""At the desk: offering a check, what came of it, and which system is asked."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import actions as desk
from rejoinder.desk.identity import checking, rules, system
from rejoinder.desk.models import IdentityCheck
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, find, needs, say, typed


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """What the conversation's page shows of it."""
    rows = IdentityCheck.objects.filter(conversation=talk).select_related("offered_by")
    return {
        "identity_checks": [(each, sentence(each)) for each in rows.order_by("offered_at", "id")],
        "may_offer_check": checking.may_offer(talk, reader),
    }


def sentence(check: IdentityCheck) -> str:
    """Where it stands, in words."""
    values = {
        "at": words.at(check.ended_at or check.begun_at or check.offered_at),
        "method": check.method,
        "name": check.offered_by.name,
    }
    told = {
        rules.Standing.PASSED: _("Passed, %(at)s, by %(method)s"),
        rules.Standing.FAILED: _("Failed, %(at)s, by %(method)s"),
        rules.Standing.BEGUN: _("Begun at %(at)s, not answered yet"),
        rules.Standing.OFFERED: _("Offered by %(name)s, %(at)s"),
        rules.Standing.ENDED: _("Ended without an answer"),
    }
    return told[rules.standing(check.known(), clock.now())] % values


@require_POST
@needs(access.ANSWER)
def offer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the link of a new check into the draft of the private reply."""
    talk, me = find(actor(request), public_id), actor(request)
    try:
        made = checking.offer(talk, me)
    except CannotError as error:
        say(request, error)
        return redirect("conversation", public_id)
    desk.add_to_draft(talk, me, checking.address(made))
    return redirect("conversation", public_id)


@require_GET
@needs(access.CONNECT)
def setting(request: HttpRequest) -> HttpResponse:
    """Which system is asked."""
    return _setting(request)


@require_POST
@never_cache
@needs(access.CONNECT)
def connect(request: HttpRequest) -> HttpResponse:
    """Ask there; the secret is on the page that answers, once, and nowhere else."""
    try:
        secret = system.connect(actor(request), typed(request.POST, "url"))
    except CannotError as error:
        say(request, error)
        return redirect("identity-system")
    return _setting(request, secret)


@require_POST
@needs(access.CONNECT)
def disconnect(request: HttpRequest) -> HttpResponse:
    """Ask nobody."""
    system.disconnect(actor(request))
    return redirect("identity-system")


def _setting(request: HttpRequest, secret: str = "") -> HttpResponse:
    values = {
        "system": system.current(),
        "secret": secret,
        "answers_to": f"{config().base_url}/identity/answer",
    }
    return render(request, "identity/setting.html", values)
