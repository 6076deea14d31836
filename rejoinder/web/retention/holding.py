"""Legal holds: placed and ended."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.listening.models import Conversation
from rejoinder.plumbing import ids
from rejoinder.privacy.models import LegalHold
from rejoinder.privacy.retention import holds
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.privacy.vault import Person
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, needs, say, typed


@require_POST
@needs(access.PRIVACY)
def place(request: HttpRequest) -> HttpResponse:
    """Hold what is kept of the person of a conversation, or of everybody."""
    given = request.POST
    try:
        person = None if given.get("everybody") == "yes" else _person(request)
        chosen = ids.read(typed(given, "owner"))
        colleagues = Advisor.objects.filter(is_active=True)
        owner = colleagues.filter(public_id=chosen).first() if chosen else None
        holds.place(
            actor(request),
            person,
            typed(given, "ground"),
            _until(given.get("until", "")),
            owner or actor(request),
        )
    except CannotError as error:
        say(request, error)
    return redirect("retention")


@require_POST
@needs(access.PRIVACY)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """It holds no longer."""
    holds.end(get_object_or_404(LegalHold, pk=number), actor(request))
    return redirect("retention")


def _person(request: HttpRequest) -> Person:
    """Whose conversation's address was pasted. Raises CannotError."""
    address = typed(request.POST, "conversation").strip().rstrip("/")
    rows = access.visible(actor(request), Conversation.objects.select_related("person"))
    named = ids.read(address.rpartition("/")[2])
    talk = rows.filter(public_id=named).first() if named else None
    if talk is None:
        raise CannotError(_("This is not the address of a conversation."))
    return Person(talk.person.channel, talk.person.external_id)


def _until(given: str) -> datetime:
    """The end of a day. Raises CannotError."""
    try:
        day = datetime.fromisoformat(given)
        return timezone.make_aware(day.replace(tzinfo=None)) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise CannotError(_("Write the day on which the hold ends.")) from None
