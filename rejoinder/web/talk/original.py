"""What a post said before it was masked: opened for a purpose, with a reason, and logged."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rejoinder.listening.models import Mention
from rejoinder.privacy import originals, vault
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, say, typed


@require_POST
@never_cache
@needs(access.OPEN)
def original(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Shown once, on the page that answers, and kept nowhere."""
    talk = find(actor(request), public_id)
    inside = Q(channel=talk.channel, thread=talk.thread) | Q(conversation=talk)
    mention = get_object_or_404(Mention, inside, pk=number)
    purpose, why = typed(request.POST, "purpose"), typed(request.POST, "why")
    try:
        said = originals.open_original(mention, purpose, actor(request), why)
    except (vault.NotOpenedError, vault.NothingSealedError) as error:
        say(request, error)
        return redirect("conversation", public_id)
    return render(request, "original.html", {"talk": talk, "mention": mention, "said": said})
