"""The queue and its sister views: who waits, who has whom."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.channels.models import Account
from rejoinder.desk import actions as desk
from rejoinder.desk import queue as queues
from rejoinder.desk import tags
from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.breaks import borne
from rejoinder.desk.models import Tag
from rejoinder.listening.models import Need
from rejoinder.outbox.models import Reply, State
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, number


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Everybody who waits, need first, then age; an auditor has the audit instead."""
    if not access.may(actor(request), access.READ) and access.may(actor(request), access.AUDIT):
        return redirect("audit")
    return _list(request, "queue", _("Queue"))


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What one has in hand."""
    return _list(request, "mine", _("Mine"))


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What one has in hand and owes today, or is late with."""
    return _list(request, "due", _("Mine, due today"))


@require_GET
def taken(request: HttpRequest) -> HttpResponse:
    """What colleagues have in hand."""
    return _list(request, "taken", _("Taken by others"))


@require_GET
def waiting_for_them(request: HttpRequest) -> HttpResponse:
    """Answered: the next word is theirs."""
    return _list(request, "waiting-for-them", _("Waiting for them"))


@require_GET
@needs(access.READ)
def new(request: HttpRequest) -> HttpResponse:
    """The parts of the frame that change, for a page that is open: counts, news, allowances."""
    mark = _mark(request)
    return render(request, "new.html", {"news": _news(request, mark), "mark": mark})


@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the first of the queue that nobody has, and open it."""
    conversation = desk.take_next(actor(request))
    if spared := borne.spared_until(actor(request)):
        said = _(
            "You took much abuse in the last hour. Until %(at)s it goes to others: take a break."
        )
        messages.info(request, said % {"at": words.at(spared)})
    if conversation is None:
        messages.info(request, _nobody())
        return redirect("inbox")
    return redirect("conversation", conversation.public_id)


def _nobody() -> str:
    if queues.keeps_back():
        return _("The plan keeps back whoever waits; each line of the queue says why.")
    return _("Nobody waits who is not taken already.")


@needs(access.READ)
def _list(request: HttpRequest, view: str, heading: str) -> HttpResponse:
    advisor = actor(request)
    mark = queues.mark()  # before the rows, so that nobody falls between
    asked = number(request, "tag")
    tag = Tag.objects.filter(pk=asked).first() if asked else None
    only = tags.carrying(tag) if tag else queues.EVERYTHING
    page = queues.page(advisor, view, request.GET.get("after"), only=only)
    values = {
        "view": view,
        "heading": heading,
        "page": page,
        "tag": tag,
        "mark": mark,
        "news": {"total": 0, "shown": "0", "urgent": 0},
        "may_answer": access.may(advisor, access.ANSWER),
        "may_take": access.may(advisor, access.DRAFT),
        "asleep": asleep.asleep().count() if view in {"queue", "mine"} else 0,
        "by_phone": Account.objects.filter(channel="phone", disconnected_at=None).exists(),
    }
    empty = {} if page.rows else _when_empty(view)
    return render(request, "inbox.html", values | empty)


def _mark(request: HttpRequest) -> int:
    given = number(request, "mark")
    return queues.mark() if given is None else given


def _news(request: HttpRequest, mark: int) -> dict[str, object]:
    news = queues.new_since(actor(request), mark)
    return {
        "total": news.total,
        "shown": f"{words.figure(news.total)}{'+' if news.more else ''}",
        "urgent": news.by_need.get(Need.URGENT, 0),
    }


def _when_empty(view: str) -> dict[str, str]:
    if view == "mine":
        return {
            "empty": _("You have nobody in hand."),
            "next_step": _("Take the next one from the queue."),
        }
    if view == "due":
        return {"empty": _("Nothing of yours is due today."), "next_step": ""}
    if view == "taken":
        return {"empty": _("No colleague has anybody in hand."), "next_step": ""}
    if view == "waiting-for-them":
        return {"empty": _("Nobody was answered whose next word is due."), "next_step": ""}
    return {"empty": _("Nobody is waiting."), "next_step": _last_answer()}


def _last_answer() -> str:
    last = Reply.objects.filter(state=State.SENT).order_by("-sent_at", "-id").first()
    if last is None or last.sent_at is None:
        return _("New mentions are counted here as they are heard.")
    return _("The last answer left at %(at)s.") % {"at": words.at(last.sent_at)}
