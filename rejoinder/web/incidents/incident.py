"""One incident: its clocks, what is known, whom to tell, what it is linked to."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.answers import editions
from rejoinder.answers.models import Answer
from rejoinder.crisis import regarding
from rejoinder.crisis.models import Crisis
from rejoinder.plumbing import clock
from rejoinder.privacy import vault
from rejoinder.privacy.incidents import listing, notifying, registering, standing, telling
from rejoinder.privacy.incidents.known import BadRuleError
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.rules import To
from rejoinder.privacy.incidents.standing import Clock, Picture
from rejoinder.privacy.models import Incident
from rejoinder.team import access
from rejoinder.web.frame import moments, words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.incidents import given, notices, sentences

LARGEST = 20_000_000  # bytes of a list
CHOICES = 50  # answers and crises that are offered


class Row(NamedTuple):
    """A clock as the page shows it; `draft` is the text of the next notice."""

    clock: Clock
    period: str
    standing: str
    late: bool
    to_regulator: bool
    draft: str


@require_GET
@needs(access.AUDIT)
def incident(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page."""
    return _shown(request, _find(public_id))


@require_POST
@needs(access.PRIVACY)
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what is known by now."""
    found = _find(public_id)

    def do() -> None:
        registering.change(found, actor(request), given.known(request.POST, found))

    return _done(request, found, "change", do)


@require_POST
@needs(access.PRIVACY)
def list_people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Attach who is concerned, from the ledger or from a file."""
    found = _find(public_id)
    return _done(request, found, "list", lambda: _attach(request, found))


@require_POST
@needs(access.PRIVACY)
def contacts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A file of those who were not told yet, for letters, e-mail or SMS; the ledger has it."""
    access.require(actor(request), access.OPEN)
    found = _find(public_id)
    try:
        lines = list(telling.contacts(found, actor(request)))
    except (CannotError, vault.NotOpenedError) as error:
        say(request, error)
        return redirect("incident", found.public_id)
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(telling.Line._fields)
    writer.writerows([_plain(cell) for cell in line] for line in lines)
    answer = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="to-tell.csv"'
    return answer


@require_POST
@needs(access.PRIVACY)
def tell(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down who was told, and how."""
    found = _find(public_id)

    def do() -> None:
        names = typed(request.POST, "names").split("\n")
        many = telling.tell(found, actor(request), typed(request.POST, "way"), names)
        said = ngettext("%(n)s person was told.", "%(n)s people were told.", many)
        messages.success(request, said % {"n": words.figure(many)})

    return _done(request, found, "tell", do)


@require_POST
@needs(access.PRIVACY)
def explain(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write why people are not told."""
    found = _find(public_id)
    why = typed(request.POST, "why")
    return _done(request, found, "explain", lambda: registering.explain(found, actor(request), why))


@require_POST
@needs(access.PRIVACY)
def notify(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what a regulator was told, or why not."""
    found, posted = _find(public_id), request.POST

    def do() -> None:
        rule, said = typed(posted, "rule"), typed(posted, "words")
        if posted.get("needless") == "yes":
            notifying.needless(found, actor(request), rule, said)
            return
        at, reference = given.moment(posted, "at"), typed(posted, "reference")
        notifying.sent(found, actor(request), rule, said, at=at, reference=reference)

    return _done(request, found, f"notify-{typed(posted, 'rule')}", do)


@require_POST
@needs(access.PRIVACY)
def link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Link it to a crisis and to a public answer."""
    found = _find(public_id)
    crisis, answer = given.crisis(request.POST), given.answer(request.POST)
    return _done(
        request, found, "link", lambda: regarding.link(found, actor(request), crisis, answer)
    )


@require_POST
@needs(access.PRIVACY)
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is over."""
    found = _find(public_id)
    return _done(request, found, "close", lambda: registering.close(found, actor(request)))


def _find(public_id: UUID) -> Incident:
    rows = Incident.objects.select_related("opened_by", "closed_by")
    return get_object_or_404(rows, public_id=public_id)


def _done(
    request: HttpRequest, found: Incident, form: str, do: Callable[[], object]
) -> HttpResponse:
    """Do it and show the page; what cannot be done is said, typed words kept."""
    try:
        do()
    except (CannotError, moments.NoMomentError, BadRuleError) as error:
        say(request, error)
        return _shown(request, found, failed=form, typed=request.POST)
    return redirect("incident", found.public_id)


def _shown(request: HttpRequest, found: Incident, **also: Any) -> HttpResponse:
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


def _attach(request: HttpRequest, found: Incident) -> None:
    posted = request.POST
    if posted.get("from") == "ledger":
        since, until = given.moment(posted, "since"), given.moment(posted, "until")
        if since is None or until is None:
            raise moments.NoMomentError
        purpose, field = typed(posted, "purpose"), typed(posted, "field").strip()
        asked = listing.Asked(purpose, field, since, until)
        made = listing.from_ledger(found, actor(request), asked)
    else:
        file = request.FILES.get("list")
        if file is None or (file.size or 0) > LARGEST:
            raise CannotError(_("Choose a text file, 20 MB at most."))
        at_least = posted.get("at_least") == "yes"
        made = listing.from_file(found, actor(request), file.read(), at_least=at_least)
    said = ngettext("%(n)s person is listed.", "%(n)s people are listed.", made.many)
    messages.success(request, said % {"n": words.figure(made.many)})


def _plain(cell: str) -> str:
    """A spreadsheet reads what begins like this as a formula; numbers with + stay as they are."""
    return f"'{cell}" if cell[:1] in {"=", "-", "@", "\t", "\r"} else cell
