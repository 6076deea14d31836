"""In a conversation: who of the house is asked, what came back, and what was promised meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.desk import actions as desk
from rejoinder.desk.experts import areas, asking, promises, standing
from rejoinder.desk.models import Promise, Referral, ReferralWord
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.experts import choosing, sentences
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.frame.moments import NoMomentError, as_moment, rounded_up, typed_moment

DUE = timedelta(hours=1)
AFTER = timedelta(minutes=30)  # from the expert's answer to ours


@dataclass(frozen=True, slots=True)
class Shown:
    """A question to experts as the page shows it."""

    row: Referral
    sentence: str
    late: bool
    said: list[tuple[str, datetime, str]]
    mail: list[str]
    answer: str
    may_act: bool


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """What the conversation's page shows of it."""
    may_ask = asking.may_ask(talk, reader)
    among = areas.to_ask() if may_ask else []
    due = rounded_up(clock.now() + DUE)
    return {
        "referrals": [_shown(row, reader) for row in standing.of(talk)],
        "promises": [
            (each, sentences.clock_words(each.due_at), each.due_at < clock.now())
            for each in standing.promised([talk]).get(talk.pk, [])
        ],
        "may_ask": may_ask,
        "may_keep_areas": areas.may_keep(reader),
        "to_ask": choosing.choices(among, areas.proposed(talk, among)),
        "due": as_moment(due),
        "promise_by": as_moment(due + AFTER),
    }


@require_POST
@needs(access.ANSWER)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask an area or an expert; the promise stands in the draft, to be said."""
    talk, me = find(actor(request), public_id), actor(request)
    experts = choosing.chosen(typed(request.POST, "whom"), areas.to_ask())
    try:
        due_at = typed_moment(typed(request.POST, "due"))
        by = typed(request.POST, "promise")
        promised_at = typed_moment(by) if by else None
        made = asking.ask(
            talk, me, experts, typed(request.POST, "text"), due_at, promised_at=promised_at
        )
    except (CannotError, NoMomentError) as error:
        say(request, error)
        return redirect("conversation", public_id)
    if promised_at is not None and desk.may_answer(talk, me):
        desk.add_to_draft(talk, me, sentences.promise_to(talk, promised_at))
    words = _("%(area)s is asked; the e-mail leaves now.")
    messages.success(request, words % {"area": made.area.name})
    return redirect("conversation", public_id)


@require_POST
@needs(access.ANSWER)
def tell_more(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer what an expert asked back."""
    text = typed(request.POST, "text")
    return _act(request, public_id, lambda row, me: asking.tell_more(row, me, text))


@require_POST
@needs(access.ANSWER)
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask no more."""
    return _act(request, public_id, asking.take_back)


@require_POST
@needs(access.ANSWER)
def use(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the expert's answer into the reply."""
    return _act(request, public_id, asking.use)


@require_POST
@needs(access.ANSWER)
def keep_promise(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """They have heard."""
    talk = find(actor(request), public_id)
    row = get_object_or_404(Promise, pk=number, conversation=talk)
    try:
        promises.keep(row, actor(request))
    except CannotError as error:
        say(request, error)
    return redirect("conversation", public_id)


def _act(
    request: HttpRequest, public_id: UUID, action: Callable[[Referral, Advisor], object]
) -> HttpResponse:
    rows = Referral.objects.select_related("conversation", "area", "asker")
    row = get_object_or_404(rows, public_id=public_id)
    try:
        action(row, actor(request))
    except CannotError as error:
        say(request, error)
    return redirect("conversation", row.conversation.public_id)


def _shown(row: Referral, reader: Advisor) -> Shown:
    said = list(row.said.all())
    answers = [each.text for each in said if each.kind == ReferralWord.Kind.ANSWER]
    return Shown(
        row=row,
        sentence=sentences.of(row),
        late=row.ended_at is None and row.due_at < clock.now(),
        said=[(sentences.who_said(each), each.at, each.text) for each in said],
        mail=[] if row.ended_at else sentences.mails(list(row.links.all())),
        answer=answers[-1] if answers else "",
        may_act=asking.may_act(row, reader),
    )
