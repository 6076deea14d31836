"""The ledger as people read it: who opened what for which purpose, and who exactly is affected."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.plumbing import clock
from rejoinder.privacy.ledger import heads, outside
from rejoinder.privacy.ledger.affected import Affected, affected
from rejoinder.privacy.ledger.append import at
from rejoinder.privacy.ledger.report import report
from rejoinder.privacy.models import LedgerEntry
from rejoinder.team import access
from rejoinder.web.frame import moments, words
from rejoinder.web.frame.acting import actor, needs, number, say, typed

SIZE = 100  # entries of the ledger on a page
SHOWN = 500  # pseudonyms on the page; the file has all of them
LARGEST = 50_000_000  # bytes of a log that is added


class Line(NamedTuple):
    """An entry of the ledger as the page shows it; never what was opened."""

    entry: LedgerEntry
    at: datetime
    who: str
    what: str
    purpose: str


@require_GET
@needs(access.AUDIT)
def openings(request: HttpRequest) -> HttpResponse:
    """The ledger, newest first; with a purpose, a field and a time: who exactly."""
    found = _asked(request) if request.GET.get("purpose") else None
    if found and request.GET.get("as") == "json":
        return _file(found)
    entries = LedgerEntry.objects.order_by("-place")
    if request.GET.get("refused"):
        entries = entries.not_opened().filter(kind="refused")
    if (before := number(request, "before")) is not None:
        entries = entries.filter(place__lt=before)
    page = list(entries[: SIZE + 1])
    values = {
        "lines": _lines(page[:SIZE]),
        "older": page[SIZE - 1].place if len(page) > SIZE else None,
        "head": heads.now(),
        "purposes": words.purpose_labels().items(),
        "given": request.GET,
        "now": moments.as_moment(clock.now()),
        "found": found,
        "sentence": _sentence(found) if found else "",
        "shown": found.subjects[:SHOWN] if found else [],
        "may_add": access.may(actor(request), access.PRIVACY),
    }
    return render(request, "openings.html", values)


@require_POST
@needs(access.PRIVACY)
def add_openings(request: HttpRequest) -> HttpResponse:
    """Add the log of another system, with the hours it covers."""
    log = request.FILES.get("log")
    try:
        if log is None or (log.size or 0) > LARGEST:
            raise outside.NotAddedError(_("Choose a file of JSON lines, 50 MB at most."))
        count = outside.add(
            actor(request),
            typed(request.POST, "system"),
            log.read(),
            moments.typed_moment(typed(request.POST, "since")),
            moments.typed_moment(typed(request.POST, "until")),
        )
    except (outside.NotAddedError, moments.NoMomentError) as error:
        say(request, error)
    else:
        said = ngettext("%(n)s opening was added.", "%(n)s openings were added.", count)
        messages.success(request, said % {"n": count})
    return redirect("openings")


def _asked(request: HttpRequest) -> Affected | None:
    given = request.GET
    try:
        since = moments.typed_moment(typed(given, "since"))
        until = moments.typed_moment(typed(given, "until"))
    except moments.NoMomentError as error:
        say(request, error)
        return None
    return affected(typed(given, "purpose"), typed(given, "field").strip(), since, until)


def _file(found: Affected) -> HttpResponse:
    answer = JsonResponse(report(found), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="affected.json"'
    return answer


def _sentence(found: Affected) -> str:
    count = len(found.subjects)
    if found.gaps:
        said = ngettext("At least %(n)s person.", "At least %(n)s people.", count)
    else:
        said = ngettext("Exactly %(n)s person.", "Exactly %(n)s people.", count)
    return said % {"n": count}


def _lines(entries: Sequence[LedgerEntry]) -> list[Line]:
    names = words.actor_names([entry.actor for entry in entries])
    labels = {**words.purpose_labels(), "": ""}
    return [
        Line(
            entry,
            at(entry.at),
            names[entry.actor],
            words.ledger_labels()[entry.kind],
            labels.get(entry.purpose, entry.purpose),
        )
        for entry in entries
    ]
