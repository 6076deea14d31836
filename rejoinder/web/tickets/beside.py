"""The box beside a conversation: its tickets elsewhere, and what one may ask of them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.desk.models import Ticket
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tickets import asking, rules
from rejoinder.desk.tickets.rules import State, Want
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, find, needs, say, typed


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """What the conversation's page shows of them."""
    rows, may = asking.of(talk), asking.may_ask(talk, reader)
    proposed = asking.proposed(talk) if may else ("", "")
    return {
        "tickets": [_shown(row) for row in rows],
        "may_ask_ticket": may,
        "ticket_title": proposed[0],
        "ticket_text": proposed[1],
    }


def sentence(row: Ticket) -> str:
    """How it stands, in words."""
    values = {"there": row.there, "at": words.at(row.looked_at or row.made_at)}
    if row.want == Want.CLOSE and row.due_at:
        return _("Being closed there")
    if row.want == Want.LOOK and not row.looked_at:
        return _("Being looked up there")
    told = {
        State.ASKED: _("Being made there"),
        State.SENDING: _("Being made there"),
        State.OPEN: _("%(there)s there, seen %(at)s"),
        State.CLOSED: _("Done there (%(there)s), seen %(at)s"),
        State.UNSURE: _("Nobody knows whether it was made"),
        State.FAILED: _("Not there"),
    }
    return told[State(row.state)] % values


@require_POST
@needs(access.ANSWER)
def create(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a new ticket."""
    talk = find(actor(request), public_id)
    given = typed(request.POST, "title"), typed(request.POST, "text")
    return _done(request, talk, lambda: asking.create(talk, actor(request), *given))


@require_POST
@needs(access.ANSWER)
def link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Link one that is there."""
    talk = find(actor(request), public_id)
    number = typed(request.POST, "number")
    return _done(request, talk, lambda: asking.link(talk, actor(request), number))


@require_POST
@needs(access.ANSWER)
def close(request: HttpRequest, public_id: UUID, ticket: UUID) -> HttpResponse:
    """Close it there."""
    talk, row = _found(request, public_id, ticket)
    said = typed(request.POST, "words")
    return _done(request, talk, lambda: asking.close(row, actor(request), said))


@require_POST
@needs(access.ANSWER)
def look(request: HttpRequest, public_id: UUID, ticket: UUID) -> HttpResponse:
    """See how it stands now."""
    talk, row = _found(request, public_id, ticket)
    return _done(request, talk, lambda: asking.look(row, actor(request)))


@require_POST
@needs(access.ANSWER)
def again(request: HttpRequest, public_id: UUID, ticket: UUID) -> HttpResponse:
    """Make it again."""
    talk, row = _found(request, public_id, ticket)
    return _done(request, talk, lambda: asking.again(row, actor(request)))


@require_POST
@needs(access.ANSWER)
def take_off(request: HttpRequest, public_id: UUID, ticket: UUID) -> HttpResponse:
    """Show it here no more."""
    talk, row = _found(request, public_id, ticket)
    return _done(request, talk, lambda: asking.take_off(row, actor(request)))


def _shown(row: Ticket) -> dict[str, Any]:
    state = State(row.state)
    return {
        "row": row,
        "sentence": sentence(row),
        "trouble": state in (State.UNSURE, State.FAILED) or bool(row.words),
        "may_close": rules.may_close(state, row.want),
        "may_look": bool(row.number) and row.want != Want.CLOSE,
        "may_make": rules.may_make_again(state, row.number) and bool(row.text),
        "may_take_off": state is not State.SENDING,
    }


def _found(request: HttpRequest, public_id: UUID, ticket: UUID) -> tuple[Conversation, Ticket]:
    talk = find(actor(request), public_id)
    row = asking.find(talk, ticket)
    if row is None:
        raise Http404
    return talk, row


def _done(request: HttpRequest, talk: Conversation, act: Any) -> HttpResponse:
    try:
        act()
    except CannotError as error:
        say(request, error)
    return redirect("conversation", talk.public_id)
