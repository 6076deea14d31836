"""The page that one shift leaves to the next; printed, it is a sheet."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.crisis.models import Promise as CrisisPromise
from rejoinder.desk.models import Callback, Promise, ShiftNote
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.shift import left as shift
from rejoinder.desk.shift import notes
from rejoinder.desk.shift.left import Due, LeftOver
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.people import rota
from rejoinder.web.public import addresses
from rejoinder.web.talk.slots import slot


@dataclass(frozen=True, slots=True)
class Promised:
    """One line of what is due."""

    at: datetime
    what: str
    talk: Conversation | None


@require_GET
@needs(access.READ)
def handover(request: HttpRequest) -> HttpResponse:
    """Notes first, then promises, risks, lines to take, what comes back, and drafts."""
    found, danger = shift.left(actor(request)), words.danger_labels()
    values = {
        "sentence": _sentence(found),
        "on_duty": rota.sentence(),
        "at": clock.now(),
        "notes": [(each, notes.may_read(each, actor(request))) for each in notes.shown()],
        "left": found,
        "promises": [Promised(each.at, _what(each), each.talk) for each in found.promises],
        "cards": [(each, danger[each.kind]) for each in found.cards],
        "lines": [(each, addresses.answer(each.answer.slug)) for each in found.lines],
        "may_write": access.may(actor(request), access.ANSWER),
    }
    return render(request, "handover.html", values)


@require_POST
@needs(access.ANSWER)
def write(request: HttpRequest) -> HttpResponse:
    """Leave a word."""
    try:
        notes.write(actor(request), typed(request.POST, "text"))
    except CannotError as error:
        say(request, error)
    return redirect("handover")


@require_POST
@needs(access.ANSWER)
def read(request: HttpRequest, number: int) -> HttpResponse:
    """It is read."""
    try:
        notes.read(get_object_or_404(ShiftNote, pk=number), actor(request))
    except CannotError as error:
        say(request, error)
    return redirect("handover")


def _sentence(found: LeftOver) -> str:
    """What needs somebody first."""
    many, late = found.urgent.number, sum(each.at < clock.now() for each in found.promises)
    cards = ngettext("%(n)s safety card is open", "%(n)s safety cards are open", len(found.cards))
    urgent = ngettext("%(n)s urgent person waits", "%(n)s urgent people wait", many)
    promises = ngettext("%(n)s promise is late", "%(n)s promises are late", late)
    counted = ((cards, len(found.cards)), (urgent, many), (promises, late))
    said = [sentence % {"n": words.figure(number)} for sentence, number in counted if number]
    if not said:
        return _("No promise is late, nobody urgent waits, no safety card is open.")
    return f"{'; '.join(said)}."


def _what(due: Due) -> str:
    row = due.row
    if isinstance(row, CrisisPromise):
        said = row.words or _("the next update")
        return _("%(crisis)s: %(words)s, %(name)s sees to it") % {
            "crisis": row.crisis.name,
            "words": said,
            "name": row.keeper.name,
        }
    if isinstance(row, Promise):
        area = row.referral.area.name
        return _("hears from us when %(area)s has answered; promised by %(name)s") % {
            "area": area,
            "name": row.made_by.name,
        }
    if isinstance(row, Callback):
        return _("is called %(slot)s") % {"slot": slot(row.from_at, row.to_at)}
    return _("handed to %(name)s with this time") % {"name": row.taker.name}
