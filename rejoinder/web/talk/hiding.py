"""The page on which a post is hidden from others or shown again, and the list of what is hidden."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.hiding import actions, rules
from rejoinder.desk.hiding.actions import Asking
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Mention
from rejoinder.outbox import moderation
from rejoinder.outbox.models import LEAVING, UNSETTLED, Moderation, State
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.talk import blocking, reasons

USUAL = 30  # days until it is looked at again


@require_GET
@needs(access.ANSWER)
def page(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """What was written, who sees it, and what may be done about it."""
    return _page(request, _find(request, public_id, number))


@require_POST
@needs(access.ANSWER)
def hide(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Hide it from others."""
    given = request.POST
    asking = Asking(
        ground=typed(given, "ground"),
        why=typed(given, "why"),
        days=days(typed(given, "days")),
        sure="sure" in given,
    )
    said = _("It is being hidden. Here it stays, and whoever wrote it still waits for an answer.")
    return _done(
        request, public_id, number, said, lambda post: actions.hide(post, actor(request), asking)
    )


@require_POST
@needs(access.ANSWER)
def show(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Let others see it."""
    why = typed(request.POST, "why")
    said = _("Others are about to see it.")
    return _done(
        request, public_id, number, said, lambda post: actions.show(post, actor(request), why)
    )


@require_GET
@needs(access.READ)
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that we hid, the one to look at first at the front."""
    rows, now = actions.listed(actor(request)), clock.now()
    values = {
        "rows": [(row, grounds()[row.ground], reasons.blurred(row.mention)) for row in rows],
        "due": sum(row.review_at is not None and row.review_at <= now for row in rows),
        "now": now,
        "days": blocking.review_days(),
        "may_review": access.may(actor(request), access.STEER),
        "may_show": access.may(actor(request), access.ANSWER),
    }
    return render(request, "hidden.html", values)


@require_POST
@needs(access.STEER)
def review(request: HttpRequest, number: int) -> HttpResponse:
    """It still has to be hidden."""
    row = get_object_or_404(moderation.holding(), pk=number)
    try:
        actions.review(row, actor(request), days(typed(request.POST, "days")))
    except CannotError as error:
        say(request, error)
    return redirect("hidden")


def grounds() -> dict[str, str]:
    """What a post may be hidden for, in words."""
    known = blocking.grounds()
    return {
        Moderation.Ground.EXPOSING: _("Personal data that everybody can read"),
        **{
            ground: known[ground.value]
            for ground in (
                Moderation.Ground.THREATS,
                Moderation.Ground.HARASSMENT,
                Moderation.Ground.HATE,
                Moderation.Ground.SEXUAL,
                Moderation.Ground.SPAM,
            )
        },
        Moderation.Ground.DANGER: _("Somebody could come to harm by what it says"),
    }


def fate(mention: Mention, last: Moderation | None) -> str:
    """Who sees a post there and since when, for the line below it; empty where all do."""
    if last is not None and last.state in {*LEAVING, *UNSETTLED}:
        return _("being hidden there") if last.hides else _("being shown there again")
    if last is not None and last.state == State.REFUSED:
        tried = _("could not be hidden: %(words)s") if last.hides else _("not shown: %(words)s")
        return tried % {"words": last.words}
    if not mention.hidden:
        return ""
    if last is None or not last.hides:
        return _("others do not see it there")
    values = {"ground": grounds()[last.ground], "at": words.at(last.sent_at or last.written_at)}
    return _("hidden from others by us, %(at)s: %(ground)s") % values


def days(given: str) -> int:
    """One of those that are offered, or 0."""
    return next((each for each in rules.DAYS if str(each) == given), 0)


def _done(
    request: HttpRequest,
    public_id: UUID,
    number: int,
    said: str,
    act: Callable[[Mention], Moderation],
) -> HttpResponse:
    post = _find(request, public_id, number)
    try:
        act(post)
    except CannotError as error:
        return _page(request, post, error)
    messages.success(request, said)
    return redirect("conversation", public_id)


def _page(request: HttpRequest, post: Mention, error: CannotError | None = None) -> HttpResponse:
    me, given = actor(request), request.POST
    last = moderation.newest([post]).get(post.pk)
    steers = access.may(me, access.STEER)
    under_way = last is not None and last.state in {*LEAVING, *UNSETTLED}
    may = actions.can_be_hidden(post) and not under_way and post.deleted_at is None
    found = grounds()
    offered = found if steers else {rules.EXPOSING: found[Moderation.Ground.EXPOSING]}
    values: dict[str, Any] = {
        "post": post,
        "talk": post.conversation,
        "error": error,
        "fate": fate(post, last),
        "blurred": reasons.blurred(post),
        "may_hide": may and not post.hidden and actions.may_hide(post, me),
        "may_show": may and post.hidden,
        "ours": last is not None and last.hides and post.hidden,
        "grounds": list(offered.items()),
        "ground": typed(given, "ground") or (rules.EXPOSING if actions.exposes(post) else ""),
        "why": typed(given, "why"),
        "days": blocking.review_days(),
        "day": days(typed(given, "days")) or USUAL,
        "needs_lead": may and not post.hidden and not actions.may_hide(post, me),
    }
    return render(request, "hide.html", values, status=422 if error else 200)


def _find(request: HttpRequest, public_id: UUID, number: int) -> Mention:
    talk = find(actor(request), public_id)
    rows = Mention.objects.select_related("person", "account", "conversation")
    return get_object_or_404(rows, conversation=talk, pk=number, ours=False)
