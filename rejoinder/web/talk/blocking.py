"""Blocking the author of a conversation, and the page of all who are blocked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.channels import registry
from rejoinder.desk.blocks import actions, rules
from rejoinder.desk.blocks.actions import Asking
from rejoinder.desk.refusals import CannotError
from rejoinder.listening import blocked
from rejoinder.listening.models import Block, Conversation, Mention, Person
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, say, typed

WORDS_SHOWN = 5  # of theirs that may show why


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """The block that holds, or what the form of it offers."""
    held = blocked.standing([talk.person]).get(talk.person_id)
    may = actions.may_block(reader)
    return {
        "held_block": held,
        "may_block": may and held is None,
        "block_grounds": list(grounds().items()),
        "block_days": review_days(),
        "block_words": _words(talk) if may and held is None else [],
        "other_way": config().base_url + "/contact",
    }


@require_POST
@needs(access.STEER)
def block(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Block whoever wrote this."""
    talk, given = find(actor(request), public_id), request.POST
    mention = _named(talk, typed(given, "mention"))
    asking = Asking(
        ground=typed(given, "ground"),
        why=typed(given, "why"),
        other_way=typed(given, "other_way"),
        days=_days(request),
        sure="sure" in given,
    )
    try:
        actions.block(talk, actor(request), mention, asking)
    except CannotError as error:
        say(request, error)
        return redirect("conversation", public_id)
    said = _("Blocked. What they write is kept, and does not come to the queue.")
    messages.success(request, said)
    return redirect("blocks")


@require_GET
@needs(access.READ)
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody who is blocked, the one to look at first at the front."""
    rows, now = actions.listed(actor(request)), clock.now()
    values = {
        "blocks": [(row, grounds()[row.ground], there(row.person)) for row in rows],
        "due": sum(row.review_at <= now for row in rows),
        "now": now,
        "days": review_days(),
        "may_block": actions.may_block(actor(request)),
    }
    return render(request, "blocks.html", values)


@require_POST
@needs(access.STEER)
def review(request: HttpRequest, number: int) -> HttpResponse:
    """It still has to be."""
    try:
        actions.review(_find(number), actor(request), _days(request))
    except CannotError as error:
        say(request, error)
    return redirect("blocks")


@require_POST
@needs(access.STEER)
def blocked_there(request: HttpRequest, number: int) -> HttpResponse:
    """Blocked on the platform too, by hand."""
    actions.blocked_there(_find(number), actor(request))
    return redirect("blocks")


@require_POST
@needs(access.STEER)
def unblock(request: HttpRequest, number: int) -> HttpResponse:
    """It is over."""
    try:
        actions.unblock(_find(number), actor(request), typed(request.POST, "why"))
    except CannotError as error:
        say(request, error)
    return redirect("blocks")


def grounds() -> dict[str, str]:
    """What somebody may be blocked for, in words."""
    return {
        Block.Ground.THREATS: _("Threats against people"),
        Block.Ground.HARASSMENT: _("Insults aimed at people, again and again"),
        Block.Ground.HATE: _("Hatred against a group of people"),
        Block.Ground.SEXUAL: _("Sexual harassment"),
        Block.Ground.EXPOSING: _("Making private things of people public"),
        Block.Ground.SPAM: _("Fraud or spam"),
    }


def review_days() -> list[tuple[int, str]]:
    """When it is looked at again."""
    labels = {7: _("in a week"), 30: _("in a month"), 90: _("in three months")}
    return [(days, labels[days]) for days in rules.DAYS]


def there(person: Person) -> str:
    """Their page on the platform, where a person can block and report them; empty for none."""
    channel = registry.channels().get(person.channel)
    return channel.person_page(person.external_id, person.handle) if channel else ""


def _words(talk: Conversation) -> list[Mention]:
    rows = Mention.objects.filter(conversation=talk, ours=False, deleted_at=None)
    return list(rows.order_by("-created_at", "-id")[:WORDS_SHOWN])


def _named(talk: Conversation, given: str) -> Mention | None:
    known = given.isascii() and given.isdecimal() and len(given) < 19
    return Mention.objects.filter(conversation=talk, pk=int(given)).first() if known else None


def _days(request: HttpRequest) -> int:
    typed_days = typed(request.POST, "days")
    return next((days for days in rules.DAYS if str(days) == typed_days), 0)


def _find(number: int) -> Block:
    return get_object_or_404(Block, pk=number, ended_at=None)
