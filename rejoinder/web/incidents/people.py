"""The people concerned: listed, reached, told; or why they are not told."""

import csv
from io import StringIO
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rejoinder.privacy import vault
from rejoinder.privacy.incidents import listing, registering, telling
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.models import Incident
from rejoinder.team import access
from rejoinder.web.frame import moments, words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.incidents import given
from rejoinder.web.incidents.page import done, find

LARGEST = 20_000_000  # bytes of a list


@require_POST
@needs(access.PRIVACY)
def list_people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Attach who is concerned, from the ledger or from a file."""
    found = find(public_id)
    return done(request, found, "list", lambda: _attach(request, found))


@require_POST
@needs(access.PRIVACY)
def contacts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A file of those who were not told yet, for letters, e-mail or SMS; the ledger has it."""
    access.require(actor(request), access.OPEN)
    found = find(public_id)
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
    found = find(public_id)

    def do() -> None:
        names = typed(request.POST, "names").split("\n")
        many = telling.tell(found, actor(request), typed(request.POST, "way"), names)
        said = ngettext("%(n)s person was told.", "%(n)s people were told.", many)
        messages.success(request, said % {"n": words.figure(many)})

    return done(request, found, "tell", do)


@require_POST
@needs(access.PRIVACY)
def explain(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write why people are not told."""
    found = find(public_id)
    why = typed(request.POST, "why")
    return done(request, found, "explain", lambda: registering.explain(found, actor(request), why))


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
