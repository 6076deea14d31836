"""Consent beside a conversation: asked in a private reply or read aloud, kept, and taken back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import consenting
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.privacy.consents import keeping, rules
from rejoinder.privacy.models import Cell, Consent
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.talk.reach import told_kinds


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """What the conversation's page says of it: nothing where no contact is kept."""
    kinds = told_kinds(talk)
    return {
        "consents": _rows(consenting.said(talk)) if kinds else [],
        "may_consent": bool(kinds) and access.may(reader, access.ANSWER),
    }


@require_GET
@needs(access.ANSWER)
def asking(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page on which it is asked and written down."""
    return _page(request, find(actor(request), public_id))


@require_POST
@needs(access.ANSWER)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the question into the draft of a private reply."""
    talk = find(actor(request), public_id)
    try:
        purpose, last_day = typed(request.POST, "purpose"), _day(typed(request.POST, "last_day"))
        consenting.ask(talk, actor(request), purpose, last_day)
    except CannotError as error:
        say(request, error)
        return _page(request, talk, 422)
    return redirect("conversation", public_id)


@require_POST
@needs(access.ANSWER)
def keep(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what they said."""
    talk, given = find(actor(request), public_id), request.POST
    try:
        answer = consenting.Answer(
            field=typed(given, "field"),
            purpose=typed(given, "purpose"),
            last_day=_day(typed(given, "last_day")),
            yes=_yes(typed(given, "answer")),
            mention=_mention(typed(given, "where")),
        )
        kept = consenting.keep(talk, actor(request), answer)
    except CannotError as error:
        say(request, error)
        return _page(request, talk, 422)
    held = _("Written down. Their yes can be taken back at any time.")
    messages.success(request, _("Written down: they said no.") if kept.ended_at else held)
    return redirect("conversation", public_id)


@require_POST
@needs(access.ANSWER)
def withdraw(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """They took it back: from now on nothing opens by it."""
    talk = find(actor(request), public_id)
    known = [row.pk for row in consenting.said(talk)]
    row = get_object_or_404(Consent, pk=number if number in known else None, ended_at=None)
    keeping.end(row, actor(request))
    messages.success(request, _("Taken back. Nothing is opened for it from now on."))
    return redirect("conversation", public_id)


def _page(request: HttpRequest, talk: Conversation, status: int = 200) -> HttpResponse:
    usual = timezone.localdate(clock.now()) + rules.USUAL
    given = request.POST.get("last_day", "")
    try:
        last_day = _day(given) if given else usual
    except CannotError:
        last_day = usual
    labels = words.purpose_labels()
    values = {
        "talk": talk,
        "kinds": told_kinds(talk),
        "purposes": [
            (name, labels[name], consenting.question(talk, name, last_day))
            for name in rules.PURPOSES
        ],
        "last_day": last_day,
        "written": consenting.messages(talk),
        "typed": request.POST,
    }
    return render(request, "consent.html", values, status=status)


def _rows(said: Any) -> list[dict[str, Any]]:
    labels, ways = words.purpose_labels(), words.consent_ways()
    return [
        {
            "row": row,
            "purpose": labels.get(row.purpose, row.purpose),
            "way": ways[row.way],
            "holds": row.ended_at is None,
            "open": row.ended_at is None and _opens(row),
            "end": words.consent_ends().get(row.end, ""),
        }
        for row in said
    ]


def _opens(row: Consent) -> bool:
    """Whether the contact that is kept now is the one they said yes about."""
    cell = Cell.objects.filter(subject=row.subject, field=row.field, item="").first()
    return cell is not None and row.purpose in cell.purposes.split(",")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CannotError(_("Write the day until which it holds.")) from None


def _yes(given: str) -> bool:
    if given not in {"yes", "no"}:
        raise CannotError(_("Say whether they said yes or no."))
    return given == "yes"


def _mention(given: str) -> int | None:
    """None for a call. Raises CannotError where nothing was chosen."""
    if given == "call":
        return None
    if given.isascii() and given.isdecimal() and len(given) < 19:
        return int(given)
    raise CannotError(_("Say where they said it: in which message, or on the telephone."))
