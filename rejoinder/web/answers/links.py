"""Short links to our own pages: made, counted, ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rejoinder.answers import links
from rejoinder.answers.models import Link
from rejoinder.answers.refusals import CannotError
from rejoinder.desk.piles.listed import own_domains
from rejoinder.plumbing.config import config
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.public import addresses

BESIDE = 8  # of them beside the reply box


@require_GET
@needs(access.READ)
def listed(request: HttpRequest) -> HttpResponse:
    """All that lead somewhere, with how often they were followed."""
    me = actor(request)
    values = {
        "links": [(each, short(each.link)) for each in links.kept()],
        "days": links.LATELY.days,
        "domains": own_domains(),
        "may_make": access.may(me, access.ANSWER),
        "may_end": access.may(me, access.STEER),
    }
    return render(request, "links.html", values)


@require_POST
@needs(access.ANSWER)
def make(request: HttpRequest) -> HttpResponse:
    """A new one."""
    name, url = typed(request.POST, "name"), typed(request.POST, "url")
    try:
        links.make(actor(request), name, url, own_domains())
    except CannotError as error:
        say(request, error)
    return redirect("links")


@require_POST
@needs(access.STEER)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """It leads nowhere any more."""
    links.end(actor(request), get_object_or_404(Link, pk=number))
    return redirect("links")


def short(link: Link) -> str:
    """As it stands in a reply."""
    return config().base_url + addresses.short(link.code)


def beside() -> list[tuple[Link, str]]:
    """The newest, for whoever writes a reply."""
    rows = Link.objects.filter(ended_at=None).order_by("-pk")[:BESIDE]
    return [(row, short(row)) for row in rows]


def chosen(what: str) -> str:
    """The one that a button of the reply box names; empty where it names none."""
    kind, _, number = what.partition("-")
    if kind != "link" or not number.isdecimal() or len(number) > 12:
        return ""
    row = Link.objects.filter(pk=int(number), ended_at=None).first()
    return short(row) if row else ""
