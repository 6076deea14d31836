"""One request: who asks is made sure, it is done, and it is answered."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from rejoinder.crisis.report import html
from rejoinder.desk.models import RightsRequest
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import accounts, correcting, granting, register
from rejoinder.desk.rights.rules import Kind, may_leave
from rejoinder.plumbing import backup
from rejoinder.privacy.retention import holds
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.rights import copy, sentences
from rejoinder.web.rights.register import named_conversation


@require_GET
@needs(access.READ)
def request_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page."""
    return _shown(request, _find(public_id))


@require_POST
@needs(access.ANSWER)
def ask_who(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """We asked them who they are."""
    found = _find(public_id)
    return _done(request, found, lambda: register.ask_who(found, actor(request)))


@require_POST
@needs(access.ANSWER)
def prove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They have shown who they are."""
    found, how = _find(public_id), typed(request.POST, "how")
    return _done(request, found, lambda: register.prove(found, actor(request), how))


@require_POST
@needs(access.PRIVACY)
def add_account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The request is about another account of theirs too."""
    found, how = _find(public_id), typed(request.POST, "shown")

    def do() -> None:
        accounts.add(found, named_conversation(request), actor(request), how)

    return _done(request, found, do)


@require_POST
@needs(access.PRIVACY)
def give_copy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All that is kept of them as a file: JSON for machines, one HTML file for people."""
    access.require(actor(request), access.OPEN)
    found = _find(public_id)
    try:
        kept = granting.copy(found, actor(request))
    except CannotError as error:
        say(request, error)
        return redirect("rights-request", public_id)
    if request.POST.get("as") == "json":
        made = HttpResponse(json.dumps(kept, ensure_ascii=False), content_type="application/json")
        made["Content-Disposition"] = 'attachment; filename="copy.json"'
        return made
    sheet = files("rejoinder.web").joinpath("static/web/report.css").read_text(encoding="utf-8")
    made = HttpResponse(html.page(copy.document(kept), sheet))
    made["Content-Disposition"] = 'attachment; filename="copy.html"'
    return made


@require_POST
@needs(access.PRIVACY)
def erase(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take away all that is kept of them."""
    found = _find(public_id)

    def do() -> None:
        rows = granting.erase(found, actor(request))
        said = ngettext("%(n)s row was erased.", "%(n)s rows were erased.", rows)
        messages.success(request, said % {"n": words.figure(rows)})

    return _done(request, found, do)


@require_POST
@needs(access.PRIVACY)
def silence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Listen to them no more."""
    found = _find(public_id)
    return _done(request, found, lambda: granting.silence(found, actor(request)))


@require_POST
@needs(access.PRIVACY)
def hear_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They take their objection back."""
    found = _find(public_id)
    return _done(request, found, lambda: granting.hear_again(found, actor(request)))


@require_POST
@needs(access.PRIVACY)
def extend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They were told that it takes longer."""
    found, why = _find(public_id), typed(request.POST, "longer")
    return _done(request, found, lambda: register.extend(found, actor(request), why))


@require_POST
@needs(access.PRIVACY)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is done, or refused with a reason."""
    found, refused = _find(public_id), request.POST.get("outcome") == "refused"
    why = typed(request.POST, "why")
    return _done(
        request, found, lambda: register.answer(found, actor(request), why, refused=refused)
    )


def _find(public_id: UUID) -> RightsRequest:
    rows = RightsRequest.objects.select_related(
        "conversation__person", "opened_by", "proved_by", "extended_by", "answered_by"
    )
    return get_object_or_404(rows, public_id=public_id)


def _done(request: HttpRequest, found: RightsRequest, do: Callable[[], None]) -> HttpResponse:
    """Do it and show the page; what cannot be done is said, typed words kept."""
    try:
        do()
    except CannotError as error:
        say(request, error)
        return _shown(request, found, typed=request.POST)
    return redirect("rights-request", found.public_id)


@require_POST
@needs(access.PRIVACY)
@sensitive_post_parameters("value")
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what is right in place of what is wrong."""
    found, field = _find(public_id), typed(request.POST, "field")
    value = typed(request.POST, "value")

    def do() -> None:
        correcting.correct(found, actor(request), field, value)
        messages.success(request, _("Put right. The wrong value is kept nowhere."))

    return _done(request, found, do)


def _corrects(found: RightsRequest) -> list[tuple[str, str]]:
    """What can be put right here, each with its label."""
    labels = {
        "phone": _("Phone number"),
        "email": _("E-mail address"),
        "address": _("Address"),
        correcting.NAME: _("Name"),
    }
    fields = correcting.kinds(found)
    if correcting.may_name(found):
        fields.append(correcting.NAME)
    return [(field, labels[field]) for field in fields]


def _shown(request: HttpRequest, found: RightsRequest, **also: Any) -> HttpResponse:
    reader, due_at = actor(request), register.due(found)
    people = granting.people(found)
    values: dict[str, Any] = {
        "asked": found,
        "kind": sentences.kind_labels()[found.kind],
        "standing": sentences.standing(found, due_at),
        "late": sentences.is_late(found, due_at),
        "outcome": sentences.outcome_labels().get(found.outcome, ""),
        "is_open": found.answered_at is None,
        "is_ready": may_leave(found.times()),
        "check": register.passed(found),
        "is_silenced": granting.is_silenced(found),
        "also": found.accounts.select_related("conversation__person", "by").order_by("pk"),
        "is_held": bool(holds.of(people)),
        "may_answer": access.may(reader, access.ANSWER),
        "may_grant": access.may(reader, access.PRIVACY),
        "corrects": _corrects(found) if found.kind == Kind.CORRECTION else [],
        "backups_until": found.erased_at and backup.expires(found.erased_at),
        "typed": {},
    }
    return render(request, "rights/request.html", values | also, status=422 if also else 200)
