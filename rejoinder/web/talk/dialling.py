"""Calling somebody from their conversation, and what is said of it while it goes on and after."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rejoinder.desk.calling import actions
from rejoinder.desk.calling.rules import No, Outcome, Stage
from rejoinder.desk.models import Dialled
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, find, needs, say, typed

# Without these there is nothing to offer; the other reasons are worth a sentence.
SILENT = {No.EXCHANGE, No.NUMBER}


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """The call that goes on, or whether one may begin and why not."""
    row = actions.going_on(talk)
    may = access.may(reader, access.OPEN) and access.may(reader, access.ANSWER)
    no = actions.refused(talk, reader) if may and row is None else None
    steers = access.may(reader, access.STEER)
    return {
        "call_now": may and row is None and no is None,
        "call_not": actions.why_not(no) if no and no not in SILENT else "",
        "call_settings": no == No.EXTENSION,
        "call_going": going(row) if row else "",
        "may_end_call": row is not None and (row.advisor_id == reader.pk or steers),
    }


@require_POST
@needs(access.OPEN)
def call(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ring the advisor's telephone, then theirs."""
    talk = find(actor(request), public_id)
    try:
        actions.call(talk, actor(request), typed(request.POST, "why"))
    except CannotError as error:
        say(request, error)
    return redirect("conversation", public_id)


@require_POST
@needs(access.ANSWER)
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hang up, wherever the call is."""
    talk = find(actor(request), public_id)
    actions.give_up(talk, actor(request))
    return redirect("conversation", public_id)


def going(row: Dialled) -> str:
    """Where a call is, for everybody who has the page open."""
    values = {"name": row.advisor.name, "at": words.at(row.since)}
    return {
        Stage.ASKED: _("The telephone of %(name)s is about to ring."),
        Stage.DESK: _("The telephone of %(name)s rings. Theirs rings once it is lifted."),
        Stage.THEM: _("Their telephone rings; %(name)s hears it."),
        Stage.TALKING: _("%(name)s talks to them since %(at)s."),
    }[Stage(row.stage)] % values


def ended(row: Dialled) -> str:
    """How a call ended, for the thread."""
    values = {"name": row.advisor.name, "at": words.at(row.asked_at), "long": _length(row)}
    return {
        Outcome.TALKED: _("%(name)s called them, %(at)s: they talked for %(long)s."),
        Outcome.BUSY: _("%(name)s called them, %(at)s: engaged."),
        Outcome.NO_ANSWER: _("%(name)s called them, %(at)s: no answer."),
        Outcome.DECLINED: _("%(name)s called them, %(at)s: they declined."),
        Outcome.UNREACHABLE: _("%(name)s called them, %(at)s: the exchange does not reach them."),
        Outcome.NOBODY_HERE: _("%(name)s began to call, %(at)s, and did not lift the telephone."),
        Outcome.GIVEN_UP: _("%(name)s began to call, %(at)s, and hung up before they answered."),
        Outcome.BY_HAND: _(
            "%(name)s began to call, %(at)s: their number is abroad, costly or cannot be read. "
            "Look at it, and dial by hand."
        ),
        Outcome.TROUBLE: _("%(name)s began to call, %(at)s: the exchange failed."),
    }[Outcome(row.outcome)] % values


def _length(row: Dialled) -> str:
    if row.answered_at is None or row.ended_at is None:
        return ""
    seconds = int((row.ended_at - row.answered_at).total_seconds())
    minutes = round(seconds / 60)
    if minutes < 1:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
