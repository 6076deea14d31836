"""What each account may still send: every limit, what is used of it, when there is room again."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from rejoinder.budget import actions as budget
from rejoinder.budget import forecast
from rejoinder.budget.forecast import Left
from rejoinder.channels.models import Account
from rejoinder.team import access
from rejoinder.web import words
from rejoinder.web.acting import needs


@dataclass(frozen=True, slots=True)
class Limit:
    """One row of the table, figures in the limit's own unit."""

    limit: Left
    window: str
    frees: str
    share_used: float


@require_GET
@needs(access.READ)
def allowances(request: HttpRequest) -> HttpResponse:
    """The page: a sentence for each account, then its table."""
    accounts = Account.objects.filter(disconnected_at=None).order_by("id")
    return render(request, "allowances.html", {"accounts": [_account(each) for each in accounts]})


def _account(account: Account) -> dict[str, Any]:
    limits = [_limit(left) for left in forecast.left(account)]
    return {"row": account, "sentence": _sentence(account), "limits": limits}


def _limit(left: Left) -> Limit:
    return Limit(
        limit=left,
        window=words.span(left.window),
        frees=words.at(left.frees_at) if left.frees_at else "",
        share_used=1 - left.left / left.cap if left.cap else 1.0,
    )


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
