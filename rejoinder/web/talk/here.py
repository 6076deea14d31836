"""Who else looks at a conversation, and who types."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rejoinder.desk.presence.others import others
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs


@require_GET
@needs(access.READ)
def here(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The sentence alone, for a page that is open."""
    talk = find(actor(request), public_id)
    return render(
        request, "parts/here.html", {"talk": talk, "here": sentence(talk, actor(request))}
    )


def sentence(talk: Conversation, reader: Advisor) -> str:
    """Who types, then who looks; empty when nobody else is there."""
    found = others(talk, reader)
    types = [_("%(name)s is typing.") % {"name": name} for name, typing in found.items() if typing]
    looks = [
        _("%(name)s is looking.") % {"name": name} for name, typing in found.items() if not typing
    ]
    return " ".join([*types, *looks])
