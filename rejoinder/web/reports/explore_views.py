"""Saved views of Explore: kept, removed, shown outside by a link, sent by e-mail."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.models import Expert
from rejoinder.desk.refusals import CannotError
from rejoinder.reporting.explore import asking, links, times, views
from rejoinder.reporting.models import SavedView, ViewLink, ViewTime
from rejoinder.reporting.zone import today
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.team.notify import mail
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.reports import explore_shown

USUAL = timedelta(days=30)  # proposed for a link


@require_GET
@needs(access.READ)
def saved_view(request: HttpRequest, number: int) -> HttpResponse:
    """One view: what it asks, who sees it outside, to whom it goes."""
    return _page(request, _seen(request, number))


@require_POST
@needs(access.READ)
def save(request: HttpRequest) -> HttpResponse:
    """What the page asks, under a name."""
    asked = asking.asked({name: typed(request.POST, name) for name in request.POST})
    try:
        name, shared = typed(request.POST, "name"), bool(request.POST.get("shared"))
        views.save(actor(request), name, asked, shared=shared)
    except CannotError as error:
        say(request, error)
    return redirect(f"{reverse('explore')}?{urlencode(asked.as_query())}")


@require_POST
@needs(access.READ)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """One's own, or as a lead one of the team."""
    views.remove(actor(request), _seen(request, number))
    return redirect("explore")


@require_POST
@never_cache
@needs(access.STEER)
def make_link(request: HttpRequest, number: int) -> HttpResponse:
    """A new one; its address is on the page that answers, once, and nowhere else."""
    view, sites = _seen(request, number), typed(request.POST, "sites")
    try:
        last = _day(typed(request.POST, "last"))
        made, address = links.make(actor(request), view, last, sites)
    except CannotError as error:
        say(request, error)
        return _page(request, view, typed=sites[:1000])
    return _page(request, view, link=made, address=address)


@require_POST
@needs(access.STEER)
def end_link(request: HttpRequest, number: int) -> HttpResponse:
    """It opens no more."""
    rows = ViewLink.objects.filter(view__in=views.seen(actor(request))).select_related("view")
    link = get_object_or_404(rows, pk=number)
    links.end(actor(request), link)
    return redirect("saved-view", link.view_id)


@require_POST
@needs(access.STEER)
def choose_time(request: HttpRequest, number: int) -> HttpResponse:
    """It goes to this person each week."""
    view, given = _seen(request, number), request.POST
    try:
        moment = (_number(typed(given, "weekday")), _number(typed(given, "hour")))
        times.choose(actor(request), view, _person(typed(given, "to")), *moment)
    except CannotError as error:
        say(request, error)
    return redirect("saved-view", view.pk)


@require_POST
@needs(access.STEER)
def end_time(request: HttpRequest, number: int) -> HttpResponse:
    """It goes there no more."""
    rows = ViewTime.objects.select_related("view", "advisor", "expert")
    mine = rows.filter(view__in=views.seen(actor(request)))
    chosen = get_object_or_404(mine, pk=number)
    times.stop(actor(request), chosen)
    return redirect("saved-view", chosen.view_id)


def _seen(request: HttpRequest, number: int) -> SavedView:
    return get_object_or_404(views.seen(actor(request)), pk=number)


def _page(request: HttpRequest, view: SavedView, **made: object) -> HttpResponse:
    asked = asking.asked(view.asks)
    may_steer = access.may(actor(request), access.STEER)
    values = {
        "view": view,
        "said": explore_shown.said(asked, explore_shown.names_of(asked)),
        "query": urlencode(asked.as_query()),
        "may_remove": views.may_remove(actor(request), view),
        "may_steer": may_steer,
        "links": links.open_of(view),
        "times": view.times.select_related("advisor", "expert").order_by("weekday", "hour", "id"),
        "has_mail": mail.is_set_up(),
        "today": today(),
        "usual": today() + USUAL,
        "weekdays": WEEKDAYS.items(),
        "hours": range(24),
    }
    if may_steer:
        active = Advisor.objects.filter(is_active=True).order_by("name", "id")
        asked_now = Expert.objects.filter(ended_at=None, area__ended_at=None)
        values["advisors"] = [each for each in active if times.may_have(each)]
        values["experts"] = asked_now.select_related("area").order_by("area__name", "name", "id")
    return render(request, "reports/saved_view.html", values | made)


def _person(given: str) -> Advisor | Expert:
    """Of "advisor-3" or "expert-3". Raises Http404."""
    kind, _, number = given.partition("-")
    if kind == "expert":
        return get_object_or_404(Expert.objects.select_related("area"), pk=_number(number))
    return get_object_or_404(Advisor, pk=_number(number))


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _number(given: str) -> int:
    """-1, which nothing has, for what is no number."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1
