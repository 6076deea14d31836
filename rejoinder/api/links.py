"""Short links to our own pages, and how often they were followed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.answers import links
from rejoinder.answers.models import Link
from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk.piles.listed import own_domains
from rejoinder.plumbing.config import config
from rejoinder.team import access

router = Router(tags=["lists"])


class OurLink(Schema):
    """Visits are counted by day, visitors are not; `lately` is of 28 days."""

    id: int
    name: str
    url: str
    short: str
    lately: int
    total: int


class NewLink(Schema):
    """To a page on a domain that the organisation says is its own."""

    name: str = Field(min_length=1, max_length=100)
    url: str = Field(min_length=1, max_length=1000)


@router.get("/links", response=list[OurLink], operation_id="links")
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """Those that lead somewhere, newest first."""
    access.require(actor(request), access.READ)
    return [
        {
            "id": each.link.pk,
            "name": each.link.name,
            "url": each.link.url,
            "short": f"{config().base_url}/s/{each.link.code}",
            "lately": each.lately,
            "total": each.total,
        }
        for each in links.kept()
    ]


@router.post("/links", response=shapes.Numbered, operation_id="make-link")
def make(request: HttpRequest, given: NewLink, once: Once) -> HttpResponse:
    """A new one; the same page under the same name again is the same link."""
    return changing.make(
        request, once, lambda me: links.make(me, given.name, given.url, own_domains())
    )


@router.post("/links/{number}/end", response=shapes.Done, operation_id="end-link")
def end(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """It leads nowhere any more; its code is not given again."""
    return changing.act(request, once, lambda me: links.end(me, get_object_or_404(Link, pk=number)))
