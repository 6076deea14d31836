"""Safety cards: somebody may be in danger, and a lead sees to it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rejoinder.listening import safety as cards
from rejoinder.listening.models import Mention, SafetyCard
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.frame.words import danger_labels

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with what was written, and the word for the danger."""

    card: SafetyCard
    mention: Mention | None
    danger: str


@require_GET
@needs(access.READ)
def safety(request: HttpRequest) -> HttpResponse:
    """The open cards, the oldest first."""
    reader = actor(request)
    open_ = list(cards.cards(reader)[:SHOWN])
    found = Mention.objects.select_related("person", "conversation")
    said = access.visible(reader, found).in_bulk([card.mention_id for card in open_])
    labels = danger_labels()
    shown = [Shown(card, said.get(card.mention_id), labels[card.kind]) for card in open_]
    return render(request, "safety.html", {"cards": shown, "may_own": cards.may_own(reader)})


@require_POST
@needs(access.STEER)
def own(request: HttpRequest, number: int) -> HttpResponse:
    """See to it."""
    card = get_object_or_404(SafetyCard, pk=number)
    try:
        cards.own(card, actor(request))
    except cards.CannotError as error:
        say(request, error)
    return redirect("safety")


@require_POST
@needs(access.STEER)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """It is known how it ended."""
    card = get_object_or_404(SafetyCard, pk=number)
    try:
        cards.close(card, actor(request), typed(request.POST, "outcome"))
    except cards.CannotError as error:
        say(request, error)
    return redirect("safety")
