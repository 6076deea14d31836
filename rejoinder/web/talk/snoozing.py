"""Putting a conversation aside and taking it up: the times that are offered, and the words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.crisis.actions import open_ones
from rejoinder.desk import callbacks, refusals
from rejoinder.desk.asleep import rows, sleep
from rejoinder.desk.asleep.rules import Choice
from rejoinder.desk.models import Snooze
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.reply import planning
from rejoinder.web.talk import slept


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """Its sleep, and what may be chosen."""
    row = rows.standing([talk]).get(talk.pk)
    may = sleep.may_snooze(talk, reader) and (row is None or row.woken_at is not None)
    times = sleep.choices(reader) if may else []
    return {
        "slept": row,
        "may_wake": row is not None and not row.woken_at and access.may(reader, access.ANSWER),
        "snooze_times": [(each.kind, _label(each)) for each in times],
        "snooze_events": _events(talk) if may else [],
    }


@require_POST
@needs(access.ANSWER)
def snooze(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put it aside until what was pressed: an offered time, an event, or the time typed."""
    me = actor(request)
    talk, pressed = find(me, public_id), typed(request.POST, "until")
    times = {each.kind: each.at for each in sleep.choices(me)}
    try:
        if pressed in Snooze.Event.values:
            made = sleep.snooze(talk, me, event=pressed)
        else:
            made = sleep.snooze(talk, me, times.get(pressed) or planning.moment(request, me))
    except refusals.CannotError as error:
        say(request, error)
        return redirect("conversation", public_id)
    messages.success(request, slept.sentence(made))
    return redirect("inbox")


@require_POST
@needs(access.ANSWER)
def wake(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let it wait again, before its time."""
    sleep.wake_now(find(actor(request), public_id), actor(request))
    return redirect("conversation", public_id)


@require_GET
@needs(access.READ)
def sleeping(request: HttpRequest) -> HttpResponse:
    """What sleeps, the next to come back first."""
    found, total = sleep.sleeping(actor(request))
    promised = callbacks.standing([row.conversation for row in found])
    values = [(row, promised.get(row.conversation_id)) for row in found]
    may = access.may(actor(request), access.ANSWER)
    shown = {"sleeping": values, "total": total, "may_answer": may}
    return render(request, "asleep.html", shown)


def _label(choice: Choice) -> str:
    here = timezone.localtime(choice.at)
    day = {"evening": _("This evening"), "tomorrow": _("Tomorrow")}.get(choice.kind)
    return f"{day or date_format(here, 'l')}, {date_format(here, 'H:i')}"


def _events(talk: Conversation) -> list[tuple[str, str]]:
    asked = sleep.question(talk)
    answer = (
        _("When an answer to “%(question)s” is published or revised") % {"question": asked.name}
        if asked
        else _("When an answer is published or revised")
    )
    events = [(Snooze.Event.WROTE, _("When they write again")), (Snooze.Event.ANSWER, answer)]
    if open_ones().exists():
        events.append((Snooze.Event.CRISIS, _("When the crisis is over")))
    return [(str(event), label) for event, label in events]
