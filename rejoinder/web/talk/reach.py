"""How somebody can be reached: opened for a purpose, with a reason, and written into the ledger."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rejoinder.desk import callbacks
from rejoinder.listening.models import Conversation
from rejoinder.privacy import contacts
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.talk.slots import slot as slot_words

KINDS = ("phone", "email", "address")


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """What the conversation's page says of it: the kinds, never a value."""
    promised = callbacks.standing([talk]).get(talk.pk)
    return {
        "reach": told_kinds(talk),
        "may_reach": access.may(reader, access.OPEN),
        "callback": slot_words(promised.from_at, promised.to_at) if promised else "",
    }


def told_kinds(talk: Conversation) -> list[tuple[str, str]]:
    """The kinds of contact that somebody told, each with its label."""
    person = talk.person
    labels = {"phone": _("Phone number"), "email": _("E-mail address"), "address": _("Address")}
    return [
        (kind, labels[kind])
        for kind in KINDS
        if contacts.told(person.channel, [person.external_id], kind)
    ]


@require_POST
@never_cache
@needs(access.OPEN)
def reach(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Shown once, on the page that answers, and kept nowhere."""
    talk = find(actor(request), public_id)
    kind = typed(request.POST, "kind")
    if kind not in KINDS:
        raise Http404
    whose = contacts.Whose(talk.person.channel, talk.person.external_id, kind)
    purpose, why = typed(request.POST, "purpose"), typed(request.POST, "why")
    try:
        said = contacts.open_contact(whose, purpose, actor(request), why)
    except NotOpenedError as error:
        say(request, error)
        return redirect("conversation", public_id)
    if said is None:
        raise Http404
    return render(request, "reached.html", {"talk": talk, "said": said})
