"""Joining another conversation of the same person to this one, and parting some of its words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.desk.parting import actions
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing.ids import read
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, say, typed


def shown(
    talk: Conversation, reader: Advisor, earlier: Sequence[tuple[Conversation, str]]
) -> dict[str, Any]:
    """What may be joined to it, of the others of the same person; what may be parted from it."""
    if not actions.may(talk, reader):
        return {"joinable": [], "partable": []}
    words = actions.words(talk)
    others = [other for other, _state in earlier if not other.joined_into_id]
    said = Mention.objects.in_bulk([other.last_mention_id for other in others])
    return {
        "joinable": [(other, said.get(other.last_mention_id or 0)) for other in others],
        "partable": words if len(words) > 1 else [],
    }


@require_POST
@needs(access.ANSWER)
def join(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The other goes on in this one."""
    me = actor(request)
    talk, given = find(me, public_id), read(typed(request.POST, "other"))
    try:
        if given is None:
            raise CannotError(_("Choose the conversation to join."))
        actions.join(talk, find(me, given), me)
    except CannotError as error:
        say(request, error)
    else:
        said = _("They are one now. To undo it, part the words that came along.")
        messages.success(request, said)
    return redirect("conversation", public_id)


@require_POST
@needs(access.ANSWER)
def part(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """These words go into a conversation of their own."""
    me = actor(request)
    talk = find(me, public_id)
    given = request.POST.getlist("word")
    chosen = {int(each) for each in given if each.isascii() and each.isdecimal() and len(each) < 19}
    try:
        made = actions.part(talk, me, chosen)
    except CannotError as error:
        say(request, error)
        return redirect("conversation", public_id)
    messages.success(request, _("These words are a conversation of their own now."))
    return redirect("conversation", made.public_id)
