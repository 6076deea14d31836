"""A marketer's list: matched with those who granted marketing, and nobody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rejoinder.privacy import audience
from rejoinder.privacy.ledger.append import at
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, typed

SHOWN = 50  # attempts on the page


@require_GET
@needs(access.PRIVACY)
def lists(request: HttpRequest) -> HttpResponse:
    """The form, and what was tried before."""
    return _page(request)


@require_POST
@never_cache
@needs(access.PRIVACY)
def match(request: HttpRequest) -> HttpResponse:
    """Those who granted marketing, as a file; a refusal stands on the page, and in the ledger."""
    access.require(actor(request), access.OPEN)
    field, why = typed(request.POST, "field"), typed(request.POST, "why").strip()
    try:
        found = audience.match(_hashes(request), _field(field), actor(request), _why(why))
    except (audience.NoListError, NotOpenedError) as error:
        return _page(request, str(error))
    answer = HttpResponse("".join(f"{one}\n" for one in sorted(found)), content_type="text/plain")
    answer["Content-Disposition"] = 'attachment; filename="audience.txt"'
    return answer


def _hashes(request: HttpRequest) -> list[str]:
    given = request.FILES.get("list")
    if given is None or (given.size or 0) > audience.LARGEST:
        raise audience.NoListError(_("Choose a file with one hash on each line, 20 MB at most."))
    return audience.read(given.read())


def _field(field: str) -> str:
    if field not in audience.fields():
        raise audience.NoListError(_("Say what the list was made from."))
    return field


def _why(why: str) -> str:
    if not why:
        raise audience.NoListError(_("Say in a few words what the list is for."))
    return why


def _page(request: HttpRequest, wrong: str = "") -> HttpResponse:
    tried = audience.attempts(SHOWN)
    labels, names = words.ledger_labels(), words.actor_names([one.actor for one in tried])
    values = {
        "fields": audience.fields(),
        "wrong": wrong,
        "typed": request.POST,
        "lines": [(one, at(one.at), names[one.actor], labels[one.kind]) for one in tried],
    }
    return render(request, "audience.html", values, status=422 if wrong else 200)
