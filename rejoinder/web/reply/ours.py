"""What the organisation publishes about itself, which may therefore stand in a public reply."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import ours
from rejoinder.desk.models import OwnContact
from rejoinder.desk.refusals import CannotError
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed


@require_GET
@needs(access.READ)
def own_contacts(request: HttpRequest) -> HttpResponse:
    """All of them, and a form for those who keep them."""
    labels = kind_labels()
    values = {
        "contacts": [(each, labels[each.kind]) for each in ours.contacts()],
        "kinds": labels.items(),
        "may_keep": ours.may_keep(actor(request)),
    }
    return render(request, "own_contacts.html", values)


@require_POST
@needs(access.STEER)
def add(request: HttpRequest) -> HttpResponse:
    """One more."""
    try:
        ours.add(actor(request), typed(request.POST, "kind"), typed(request.POST, "text"))
    except CannotError as error:
        say(request, error)
    return redirect("own-contacts")


@require_POST
@needs(access.STEER)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """One less."""
    ours.remove(actor(request), get_object_or_404(OwnContact, pk=number))
    return redirect("own-contacts")


def kind_labels() -> dict[str, str]:
    """What each may be."""
    return {
        "phone": _("phone number"),
        "email": _("e-mail address"),
        "place": _("place, such as a shop"),
        "domain": _("domain of our links"),
    }
