"""What the organisation publishes about itself, which may therefore stand in a public reply."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import ours
from rejoinder.desk.disclosure import Tie, asking, discloses
from rejoinder.desk.guarding import said_since
from rejoinder.desk.models import OwnContact
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tone.say import language
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.templatetags.desk import who


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


def undisclosed(talk: Conversation) -> tuple[str, str] | None:
    """The sentence about an author who belongs to us and does not say so, and words to ask with."""
    tie = ours.tie(talk.person.handle)
    said = [mention.text for mention in said_since(talk)] if tie else []
    if tie is None or not said or any(discloses(words, tie) for words in said):
        return None
    sentence = {
        Tie.STAFF: _("%(name)s works with you, and the post does not say so."),
        Tie.PARTNER: _("%(name)s is paid by you, and the post does not say so."),
    }[tie]
    return sentence % {"name": who(talk.person)}, asking(tie, language(" ".join(said)))


def kind_labels() -> dict[str, str]:
    """What each may be."""
    return {
        "phone": _("phone number"),
        "email": _("e-mail address"),
        "place": _("place, such as a shop"),
        "domain": _("domain of our links"),
        "staff": _("handle of a colleague"),
        "partner": _("handle of a paid partner"),
    }
