"""The page of one incident, put together from what the register has."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rejoinder.answers import editions
from rejoinder.answers.models import Answer
from rejoinder.crisis import regarding
from rejoinder.crisis.models import Crisis
from rejoinder.plumbing import clock
from rejoinder.privacy.incidents import standing
from rejoinder.privacy.incidents.known import BadRuleError
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.rules import To
from rejoinder.privacy.incidents.standing import Clock, Picture
from rejoinder.privacy.models import Incident
from rejoinder.team import access
from rejoinder.web.frame import moments, words
from rejoinder.web.frame.acting import actor, say
from rejoinder.web.incidents import given, notices, sentences

CHOICES = 50  # answers and crises that are offered


class Row(NamedTuple):
    """A clock as the page shows it; `draft` is the text of the next notice."""

    clock: Clock
    period: str
    standing: str
    late: bool
    to_regulator: bool
    draft: str


def find(public_id: UUID) -> Incident:
    """The row. Raises Http404."""
    rows = Incident.objects.select_related("opened_by", "closed_by")
    return get_object_or_404(rows, public_id=public_id)


def done(
    request: HttpRequest, found: Incident, form: str, do: Callable[[], object]
) -> HttpResponse:
    """Do it and show the page; what cannot be done is said, typed words kept."""
    try:
        do()
    except (CannotError, moments.NoMomentError, BadRuleError) as error:
        say(request, error)
        return show(request, found, failed=form, typed=request.POST)
    return redirect("incident", found.public_id)


def show(request: HttpRequest, found: Incident, **also: Any) -> HttpResponse:
    """The page; with `failed` and `typed`, the form that failed stands open with its words."""
    reader = actor(request)
    seen = _picture(request, found)
    is_open = found.closed_at is None
    values: dict[str, Any] = {
        "incident": found,
        "opened": sentences.opened(found),
        "is_open": is_open,
        "may_change": is_open and access.may(reader, access.PRIVACY),
        "may_open": access.may(reader, access.OPEN),
        "risks": sentences.risk_labels().items(),
        "risk": sentences.risk_labels()[found.risk],
        "ways": sentences.way_labels().items(),
        "lists": found.lists.select_related("by").order_by("pk"),
        "told_rows": [
            (row, sentences.way_labels()[row.way])
            for row in found.told.select_related("by").order_by("pk")
        ],
        "purposes": words.purpose_labels().items(),
        "now": moments.as_moment(clock.now()),
        "link": regarding.of(found),
        "crises": Crisis.objects.order_by("-declared_at")[:CHOICES],
        "answers": _answers(),
        "failed": "",
        "typed": {},
        "shown": given.shown(found),
    }
    if seen is not None:
        values |= _seen(found, seen, request)
    if also.get("failed") == "change":
        values["shown"] = also["typed"]
    return render(request, "incidents/incident.html", values | also, status=422 if also else 200)


def _picture(request: HttpRequest, found: Incident) -> Picture | None:
    """None where a rule file cannot be read; the page says which."""
    try:
        return standing.picture(found)
    except BadRuleError as error:
        say(request, error)
        return None


def _seen(found: Incident, seen: Picture, request: HttpRequest) -> dict[str, Any]:
    return {
        "clocks": [_row(found, seen, one, request) for one in seen.clocks],
        "told": sentences.told(seen.told, at_least=seen.at_least),
        "waiting": seen.told.listed - seen.told.told,
        "until_told": sentences.until_told(found, seen),
        "lacks": [sentences.lacks(one) for one in seen.lacks] if found.closed_at is None else [],
        "may_close": not seen.lacks,
    }


def _row(found: Incident, seen: Picture, one: Clock, request: HttpRequest) -> Row:
    to_regulator = one.duty.rule.to is To.REGULATOR
    return Row(
        one,
        sentences.period(one),
        sentences.standing(one),
        sentences.is_late(one),
        to_regulator,
        notices.prefilled(found, seen, one, actor(request)) if to_regulator else "",
    )


def _answers() -> list[tuple[UUID, str]]:
    rows = Answer.objects.filter(withdrawn_at=None).order_by("-opened_at")[:CHOICES]
    newest = ((row, editions.current(row)) for row in rows)
    return [(row.public_id, revision.title) for row, revision in newest if revision]
