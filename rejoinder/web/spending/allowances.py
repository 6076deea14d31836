"""What each account may still send: every limit, what is used of it, when there is room again."""

import math
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.budget import actions as budget
from rejoinder.budget import correct as correcting
from rejoinder.budget import forecast
from rejoinder.budget.forecast import Left
from rejoinder.channels.models import Account
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, typed

MOST = 10**9  # of any unit; more is a slip of the hand


@dataclass(frozen=True, slots=True)
class Limit:
    """One row of the table, figures in the limit's own unit; `value` as a field takes it."""

    limit: Left
    window: str
    frees: str
    share_used: float
    source: str
    value: str


@require_GET
@needs(access.READ)
def allowances(request: HttpRequest) -> HttpResponse:
    """The page: a sentence for each account, then its table."""
    accounts = Account.objects.filter(disconnected_at=None).order_by("id")
    values = {
        "accounts": [_account(each) for each in accounts],
        "may_correct": correcting.may_correct(actor(request)),
    }
    return render(request, "allowances.html", values)


@require_POST
@needs(access.CONNECT)
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody read another number on the platform, or wants to stay under it."""
    account = get_object_or_404(Account, public_id=public_id)
    cap = _cap(typed(request.POST, "cap"))
    if cap is None:
        messages.error(request, _("Write what is allowed as a number, such as 300."))
        return redirect("allowances")
    try:
        correcting.correct(account, actor(request), typed(request.POST, "name"), cap)
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, _("Corrected. The desk keeps to it from now on."))
    return redirect("allowances")


def _cap(given: str) -> float | None:
    try:
        cap = float(given)
    except ValueError:
        return None
    return cap if math.isfinite(cap) and 0 <= cap <= MOST else None


def _account(account: Account) -> dict[str, Any]:
    limits = [_limit(left) for left in forecast.left(account)]
    return {"row": account, "sentence": _sentence(account), "limits": limits}


def _limit(left: Left) -> Limit:
    return Limit(
        limit=left,
        window=words.span(left.window),
        frees=words.at(left.frees_at) if left.frees_at else "",
        share_used=1 - left.left / left.cap if left.cap else 1.0,
        source=_source(left),
        value=f"{left.cap:.6f}".rstrip("0").rstrip("."),
    )


def _source(left: Left) -> str:
    """Where the number comes from, and since when it is believed."""
    at = {"at": words.at(left.since)}
    if left.source == "corrected":
        return _("corrected by a person, %(at)s") % at
    if left.source == "told":
        return _("told by the platform, %(at)s") % at
    if left.source == "estimated" and left.until:
        at["until"] = words.at(left.until)
        return _("estimated from a refusal, %(at)s; tried again from %(until)s") % at
    if left.source == "estimated":
        return _("estimated; the platform does not publish it")
    return _("published by the platform")


def _sentence(account: Account) -> str:
    if until := budget.closed(account):
        sentence = _("The platform asked us to stop. Nothing leaves before %(at)s.")
        return sentence % {"at": words.at(until)}
    replies = forecast.replies_left(account)
    if replies is None:
        return _("No limit is known here.")
    if not replies:
        return _no_room(account)
    sentence = ngettext("%(n)s reply may leave now.", "%(n)s replies may leave now.", replies)
    return sentence % {"n": words.figure(replies)}


def _no_room(account: Account) -> str:
    free_at = forecast.when(account)
    if free_at is None:
        return _("No reply may leave now, and when is not known.")
    return _("No reply may leave before %(at)s.") % {"at": words.at(free_at)}
