"""What somebody said on the telephone: its words on the page, and listening to it."""

from base64 import b64encode
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rejoinder.listening import voices as recordings
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.privacy import vault, voices
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.frame.middleware import POLICY

Standing = Literal["", "here", "there", "over"]


def told(row: Mention) -> str:
    """What the post says, in the reader's language where the exchange's own words stand in it."""
    if row.channel != "phone" or row.ref.get("kind") != "call":
        return row.text
    spoken = next((one for one in row.media if one.get("kind") == "audio"), None)
    if spoken is not None:
        length = str(spoken.get("alt") or "")
        return _("Voicemail, %(length)s") % {"length": length} if length else _("Voicemail")
    return {
        "A call has come in.": _("A call has come in."),
        "A call without a message.": _("A call without a message."),
    }.get(row.text, row.text)


def standing(row: Mention) -> Standing:
    """Where its recording is: here, at the exchange yet, or destroyed; empty where none was."""
    if not recordings.has(row):
        return ""
    if voices.kept([voices.item(row)]):
        return "here"
    ends = recordings.ends(row)
    return "over" if ends is None or ends <= clock.now() else "there"


def words(row: Mention, where: Standing) -> str:
    """Until when it is kept, or why nobody can listen."""
    ends = recordings.ends(row) if where else None
    if where == "there":
        return _("The recording is still at the exchange. The desk fetches it by itself.")
    if where == "over":
        return _("The recording was destroyed at the end of its time.")
    if where == "here" and ends is not None:
        return _("Kept until %(day)s.") % {"day": date_format(timezone.localtime(ends), "j F Y")}
    return ""


@require_POST
@never_cache
@needs(access.OPEN)
def voice(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Played on the page that answers, which holds the sound itself: no address leads to it."""
    talk = find(actor(request), public_id)
    inside = Q(channel=talk.channel, thread=talk.thread) | Q(conversation=talk)
    mention = get_object_or_404(Mention, inside, pk=number)
    purpose, why = typed(request.POST, "purpose"), typed(request.POST, "why")
    try:
        sound = voices.open_voice(mention, purpose, actor(request), why)
    except (vault.NotOpenedError, vault.NothingSealedError) as error:
        say(request, error)
        return redirect("conversation", public_id)
    shown = {"talk": talk, "mention": mention, "words": told(mention)}
    shown["sound"] = f"data:audio/wav;base64,{b64encode(sound).decode('ascii')}"
    answer = render(request, "voice.html", shown)
    answer["Content-Security-Policy"] = POLICY.replace("media-src 'self'", "media-src data:")
    return answer
