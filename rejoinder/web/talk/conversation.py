"""One conversation: the whole thread, who has it, and what one may do with it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import actions as desk
from rejoinder.desk import owed, refusals
from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.models import Snooze
from rejoinder.desk.plan import ways
from rejoinder.desk.quotes import listed as quotes
from rejoinder.desk.timeline import timeline
from rejoinder.listening.models import Conversation
from rejoinder.privacy import contacts
from rejoinder.privacy.purpose import CARE
from rejoinder.reporting.digest import answering
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.team.rota import duty
from rejoinder.web.experts import referring
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.identity import offering
from rejoinder.web.panel import customer
from rejoinder.web.piles import piles
from rejoinder.web.reply import planning, writing
from rejoinder.web.talk import (
    blocking,
    closing,
    consents,
    dialling,
    here,
    parting,
    reach,
    reading,
    slept,
    snoozing,
    tagging,
    thread,
)
from rejoinder.web.tickets import beside as tickets

EARLIER_SHOWN = 5


@require_GET
@needs(access.READ)
def conversation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page of one conversation."""
    reader = actor(request)
    talk = find(reader, public_id)
    if talk.joined_into:
        return redirect("conversation", talk.joined_into.public_id)
    shown = timeline(talk, reader)
    aside, earlier = snoozing.shown(talk, reader), _earlier(talk, reader)
    values = {
        "talk": talk,
        "state": _state(talk, aside["slept"]),
        "way": ways.advised([talk]).get(talk.pk, ""),
        "entries": thread.lines(shown.entries, reader, talk),
        "more": shown.more,
        "can": _can(talk, reader),
        "here": here.sentence(talk, reader),
        "handed": owed.owed([talk]).get(talk.pk),
        "colleagues": _colleagues(talk),
        "reasons": closing.reasons(),
        "ask_later": closing.choices(),
        "read": reading.shown(talk, reader),
        "may_be_called": [
            each.name for each in duty.answering(access.DRAFT) if each.pk != reader.pk
        ],
        "purposes": [(name, words.purpose_labels()[name]) for name in CARE],
        "voice_purposes": [(name, words.purpose_labels()[name]) for name in contacts.PURPOSES],
        "earlier": earlier,
    }
    beside = reach.shown(talk, reader) | consents.shown(talk, reader)
    beside |= referring.shown(talk, reader) | aside
    beside |= dialling.shown(talk, reader)
    beside |= blocking.shown(talk, reader) | parting.shown(talk, reader, earlier)
    beside |= {"area_words": answering.beside(talk), "quotes": quotes.of(talk.pk)}
    beside |= customer.shown(talk, reader) | piles.shown(talk, reader)
    beside |= tickets.shown(talk, reader)
    beside |= tagging.shown(talk) | offering.shown(talk, reader)
    return render(request, "conversation.html", values | writing.box(talk, reader) | beside)


@require_POST
@needs(access.DRAFT)
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it."""
    return _act(request, public_id, desk.take)


@require_POST
@needs(access.STEER)
def take_out_of_turn(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one that the plan keeps back, with the reason."""
    why = typed(request.POST, "why")
    return _act(request, public_id, lambda talk, me: desk.take_out_of_turn(talk, me, why))


@require_POST
@needs(access.ANSWER)
def take_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it from a colleague, with the reason."""
    why = typed(request.POST, "why")
    return _act(request, public_id, lambda talk, me: desk.take_over(talk, me, why))


@require_POST
@needs(access.ANSWER)
def hand_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give it to a colleague."""
    taker = _colleague(typed(request.POST, "taker"))
    if taker is None:
        messages.error(request, _("Choose a colleague to hand over to."))
        return redirect("conversation", public_id)
    note = typed(request.POST, "note")

    def give(talk: Conversation, me: Advisor) -> None:
        typed_due = typed(request.POST, "due")
        due = planning.moment(request, me, "due") if typed_due else None
        desk.hand_over(talk, me, taker, note, due)

    return _act(request, public_id, give)


@require_POST
@needs(access.DRAFT)
def let_go(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give it back to the queue."""
    return _act(request, public_id, desk.let_go, onwards="inbox")


@require_POST
@needs(access.ANSWER)
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Done with, for a reason."""
    why = typed(request.POST, "why")
    later = closing.ask_at(typed(request.POST, "ask"))
    return _act(
        request, public_id, lambda talk, me: desk.close(talk, me, why, later), onwards="inbox"
    )


def _act(
    request: HttpRequest,
    public_id: UUID,
    action: Callable[[Conversation, Advisor], object],
    onwards: str = "",
) -> HttpResponse:
    """Do it and go on; when the desk refuses, its sentence stands on the conversation's page."""
    talk = find(actor(request), public_id)
    try:
        action(talk, actor(request))
    except refusals.CannotError as error:
        say(request, error)
        return redirect("conversation", public_id)
    return redirect(onwards) if onwards else redirect("conversation", public_id)


def _colleague(public_id: str) -> Advisor | None:
    try:
        return Advisor.objects.filter(public_id=UUID(public_id)).first()
    except ValueError:
        return None


def _can(talk: Conversation, reader: Advisor) -> Mapping[str, bool]:
    answers, writes = access.may(reader, access.ANSWER), access.may(reader, access.DRAFT)
    return {
        "answer": answers,
        "take": writes and talk.holder is None and not desk.is_kept_back(talk),
        "take_out_of_turn": desk.may_take_out_of_turn(talk, reader),
        "take_over": desk.may_take_over(talk, reader),
        "hand_over": talk.holder is not None and desk.may_hand_over(talk, reader),
        "close": desk.may_close(talk, reader) and _is_open(talk),
        "let_go": writes and talk.holder_id == reader.pk,
        "note": writes,
        "reply": desk.may_draft(talk, reader),
        "send": desk.may_answer(talk, reader),
    }


def _is_open(talk: Conversation) -> bool:
    return bool(talk.holder_id or talk.waiting_since or talk.answered_at)


def _state(talk: Conversation, row: Snooze | None) -> str:
    if row and not row.woken_at:
        return slept.sentence(row)
    if talk.waiting_since:
        return _("Waiting %(age)s") % {"age": words.age(talk.waiting_since)}
    if talk.answered_at:
        return _("Answered %(at)s, the next word is theirs") % {"at": words.at(talk.answered_at)}
    return _("Closed")


def _colleagues(talk: Conversation) -> list[Advisor]:
    roles = [role for role, rights in access.RIGHTS.items() if access.ANSWER in rights]
    people = Advisor.objects.filter(is_active=True, role__in=roles).order_by("name", "id")
    return list(people.exclude(pk=talk.holder_id or 0))


def _earlier(talk: Conversation, reader: Advisor) -> list[tuple[Conversation, str]]:
    rows = access.visible(reader, Conversation.objects.filter(person=talk.person_id))
    others = rows.exclude(pk=talk.pk).order_by("-last_at", "-id")[:EARLIER_SHOWN]
    aside = asleep.standing(others)
    return [(other, _state(other, aside.get(other.pk))) for other in others]
