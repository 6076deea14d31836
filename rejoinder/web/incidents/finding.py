"""A finder's report as the register shows it: its clock, our words, credit, the incident it is."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from rejoinder.privacy import contacts, vault
from rejoinder.privacy.findings import answering
from rejoinder.privacy.findings.receiving import CHANNEL
from rejoinder.privacy.findings.rules import Credit
from rejoinder.privacy.incidents.clock import Standing
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.models import Finding
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed


class Waiting(NamedTuple):
    """An open report in the register."""

    finding: Finding
    standing: str
    late: bool


def waiting() -> list[Waiting]:
    """Those that are open, the oldest first."""
    return [Waiting(one, *_standing(one)) for one in answering.open_ones()]


@require_GET
@needs(access.AUDIT)
def finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page."""
    return _shown(request, _find(public_id))


@require_POST
@needs(access.PRIVACY)
def acknowledge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell the finder that we have it."""
    found = _find(public_id)
    return _done(request, found, lambda: answering.acknowledge(found, actor(request)))


@require_POST
@needs(access.PRIVACY)
def tell(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write something to the finder."""
    found, said = _find(public_id), typed(request.POST, "words")
    return _done(request, found, lambda: answering.say(found, actor(request), said))


@require_POST
@needs(access.PRIVACY)
def credit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name the finder, or not."""
    found = _find(public_id)
    then = Credit.GIVEN if typed(request.POST, "credit") == "given" else Credit.REFUSED
    return _done(request, found, lambda: answering.credit(found, actor(request), then))


@require_POST
@needs(access.PRIVACY)
def open_incident(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make an incident of it."""
    found = _find(public_id)
    try:
        made = answering.open_incident(found, actor(request), typed(request.POST, "name"))
    except CannotError as error:
        say(request, error)
        return _shown(request, found, typed=request.POST)
    return redirect("incident", made.public_id)


@require_POST
@needs(access.PRIVACY)
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Nothing more is to be done."""
    found = _find(public_id)
    return _done(request, found, lambda: answering.close(found, actor(request)))


@require_POST
@needs(access.PRIVACY)
@sensitive_variables("address")
def contact(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open the finder's address; the ledger has it before it is shown."""
    found = _find(public_id)
    try:
        address = answering.contact(found, actor(request), typed(request.POST, "why"))
    except vault.NotOpenedError as error:
        say(request, error)
        return _shown(request, found)
    if address is None:
        messages.error(request, _("This finder gave no address."))
        return redirect("finding", found.public_id)
    return _shown(request, found, address=address)


def _find(public_id: UUID) -> Finding:
    rows = Finding.objects.select_related("incident", "acknowledged_by", "credit_by", "closed_by")
    return get_object_or_404(rows, public_id=public_id)


def _done(request: HttpRequest, found: Finding, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
    except CannotError as error:
        say(request, error)
        return _shown(request, found, typed=request.POST)
    return redirect("finding", found.public_id)


def _shown(request: HttpRequest, found: Finding, **also: Any) -> HttpResponse:
    reader = actor(request)
    standing, late = _standing(found)
    values = {
        "finding": found,
        "standing": standing,
        "late": late,
        "told": found.told.select_related("by").order_by("at", "pk"),
        "credit": _credit(found),
        "may_change": access.may(reader, access.PRIVACY),
        "may_open": access.may(reader, access.OPEN)
        and bool(contacts.told(CHANNEL, [found.reference], "email")),
        "address": "",
        "typed": {},
    }
    return render(
        request, "incidents/finding.html", values | also, status=422 if "typed" in also else 200
    )


def _standing(found: Finding) -> tuple[str, bool]:
    how, due = answering.standing(found), words.at(answering.due(found))
    late = how in {Standing.LATE, Standing.MET_LATE}
    if found.acknowledged_at is None:
        return (_("to be acknowledged, due %(due)s") % {"due": due}), late
    said = {"at": words.at(found.acknowledged_at), "due": due}
    if late:
        return _("acknowledged %(at)s, which was due %(due)s") % said, late
    return _("acknowledged %(at)s") % said, late


def _credit(found: Finding) -> str:
    return {
        Credit.UNASKED: _("They did not ask to be named."),
        Credit.ASKED: _("They ask to be named as %(name)s."),
        Credit.GIVEN: _("They are named as %(name)s."),
        Credit.REFUSED: _("They asked to be named as %(name)s and are not."),
    }[Credit(found.credit)] % {"name": found.credit_name}
