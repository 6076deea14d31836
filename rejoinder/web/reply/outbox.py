"""What leaves: replies on their way, in doubt, refused, and sent; when the rest will go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.budget import forecast
from rejoinder.channels.models import Account
from rejoinder.desk import queue
from rejoinder.desk.refusals import CannotError
from rejoinder.outbox import actions, replan
from rejoinder.outbox.models import LEAVING, Reply, State
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, back, needs, say, typed
from rejoinder.web.reply import planning, replies
from rejoinder.web.templatetags.desk import channel_label

REFUSED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One reply in the list, with what the reader may do about it."""

    reply: Reply
    words: str
    may_withdraw: bool
    may_settle: bool
    may_replan: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Replies in one plight."""

    heading: str
    lines: Sequence[Line]
    bad: bool = False


@require_GET
@needs(access.READ)
def outbox(request: HttpRequest) -> HttpResponse:
    """The page, worst news first."""
    reader = actor(request)
    leaving = queue.leaving(reader)
    waiting = [reply for reply in leaving if reply.state in LEAVING]
    unsettled = [reply for reply in leaving if reply.state not in LEAVING]
    groups = [
        Group(_("In doubt"), _lines(unsettled, reader), bad=True),
        Group(_("Refused by the platform"), _lines(_refused(reader), reader), bad=True),
        Group(_("On their way"), _lines(waiting, reader)),
        Group(_("Sent"), _lines(queue.sent(reader), reader)),
    ]
    shown = [group for group in groups if group.lines]
    values = {
        "groups": shown,
        "forecast": _forecast(reader),
        "hold": int(actions.undo_hold().total_seconds()),
        "longest_hold": replan.LONGEST_HOLD,
        "may_set_hold": access.may(reader, access.STEER),
    }
    return render(request, "outbox.html", values)


@require_POST
@needs(access.ANSWER)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a reply back before it leaves; its words are in the draft again."""
    reply = _find(request, public_id)
    try:
        actions.withdraw(reply, actor(request))
    except actions.TooLateError as error:
        say(request, error)
    return back(request, reply.conversation)


@require_POST
@needs(access.ANSWER)
def change_time(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a planned reply leave at another time."""
    reply, me = _find(request, public_id), actor(request)
    try:
        at = planning.moment(request, me)
        replan.replan(reply, me, at)
        planning.warn_unstaffed(request, at)
    except (actions.TooLateError, CannotError) as error:
        say(request, error)
    return redirect("outbox")


@require_POST
@needs(access.STEER)
def set_hold(request: HttpRequest) -> HttpResponse:
    """How long replies wait for second thoughts."""
    given = typed(request.POST, "seconds")
    if given.isascii() and given.isdecimal() and len(given) < 4:
        replan.set_hold(actor(request), int(given))
    return redirect("outbox")


@require_POST
@needs(access.ANSWER)
def settle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what one saw: it arrived, or it did not."""
    reply = _find(request, public_id)
    try:
        actions.settle(reply, actor(request), arrived=request.POST.get("arrived") == "yes")
    except actions.TooLateError as error:
        say(request, error)
    return back(request, reply.conversation)


def _find(request: HttpRequest, public_id: UUID) -> Reply:
    rows = Reply.objects.select_related("conversation", "account", "advisor")
    return get_object_or_404(access.visible(actor(request), rows), public_id=public_id)


def _refused(reader: Advisor) -> Iterable[Reply]:
    rows = access.visible(reader, Reply.objects.filter(state=State.REFUSED))
    rows = rows.select_related("conversation__person", "account", "advisor")
    return rows.order_by("-written_at", "-id")[:REFUSED_SHOWN]


def _lines(shown: Iterable[Reply], reader: Advisor) -> list[Line]:
    return [
        Line(
            reply,
            replies.state_words(reply),
            may_withdraw=actions.may_withdraw(reply, reader),
            may_settle=actions.may_settle(reply, reader) and not replies.reads_back(reply),
            may_replan=replan.may_replan(reply, reader),
        )
        for reply in shown
    ]


def _forecast(reader: Advisor) -> list[str]:
    """When the last of what waits will have left, for each account."""
    return [
        sentence
        for account in Account.objects.filter(disconnected_at=None).order_by("id")
        if (sentence := _leaves_by(account, reader))
    ]


def _leaves_by(account: Account, reader: Advisor) -> str:
    rows = Reply.objects.filter(account=account, state__in=LEAVING)
    number = access.visible(reader, rows).count()
    if not number:
        return ""
    sentence = ngettext(
        "%(n)s reply on %(channel)s waits to leave",
        "%(n)s replies on %(channel)s wait to leave",
        number,
    ) % {"n": words.figure(number), "channel": channel_label(account.channel)}
    last = forecast.when(account, number)
    if last is None:
        return _("%(waiting)s. When is not known.") % {"waiting": sentence}
    return _("%(waiting)s. The last goes by %(at)s.") % {"waiting": sentence, "at": words.at(last)}
