"""The reply box: what is in it, counting, drafts, notes and Send."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.answers import told
from rejoinder.answers.models import Revision
from rejoinder.desk import actions as desk
from rejoinder.desk import filming, picturing, privately, refusals, saved
from rejoinder.desk.coaching import actions as coaching
from rejoinder.desk.guidelines import standing as guidelines
from rejoinder.desk.presence.here import HERE
from rejoinder.listening.models import Conversation
from rejoinder.plumbing.config import config
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.answers import links
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.machine import drafts as machine
from rejoinder.web.public import addresses
from rejoinder.web.reply import (
    attaching,
    counting,
    guarding,
    hinting,
    ours,
    planning,
    replies,
    suggesting,
)
from rejoinder.web.templatetags.desk import channel_label

NO_ROOM = {"room": "", "seconds": 0}  # who learns reserves nothing
SAVED_SHOWN = 8  # saved replies beside the reply box


def box(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """What the template of the reply box shows."""
    draft = desk.draft(talk, reader)
    text = draft.text if draft else ""
    fits, by_hand = suggested(talk), _by_hand(talk)
    return {
        "draft": text,
        "others_drafts": desk.drafts(talk, reader),
        "count": counting.counted_in(talk, reader, text),
        "guard": guarding.shown(talk, reader, text),
        "hints": hinting.shown(talk, text),
        "room": _room(talk, desk.room(draft)) if desk.may_answer(talk, reader) else NO_ROOM,
        "audience": privately.audience(talk, reader),
        "uninvited": _uninvited(talk),
        "by_hand": by_hand,
        "why_no_reply": _why_not(talk, reader),
        "suggested": fits,
        "saved": saved.find()[:SAVED_SHOWN],
        "review": coaching.open_of(talk),
        "our_links": links.beside(),
        "pictures": list(picturing.drafted(talk, reader)),
        "most_pictures": _most_pictures(talk, reader, by_hand=by_hand),
        "film": _film(talk, reader, by_hand=by_hand),
        "guidelines": guidelines.current(),
        "undisclosed": ours.undisclosed(talk),
    } | (
        suggesting.shown(talk, reader, answer=fits is not None) | machine.shown(talk, reader, draft)
    )


@require_POST
@needs(access.READ)
def count(request: HttpRequest) -> HttpResponse:
    """How long the text is, as the platform counts."""
    channel, text = typed(request.POST, "channel"), typed(request.POST, "text")
    return JsonResponse(counting.counted(channel, text))


@require_POST
@needs(access.ANSWER)
def start(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep room for a reply before its first word."""
    talk = find(actor(request), public_id)
    try:
        room = desk.start_reply(talk, actor(request))
    except refusals.CannotError as error:
        return JsonResponse({"room": str(error), "seconds": 0})
    return JsonResponse(_room(talk, room))


@require_POST
@needs(access.DRAFT)
def draft(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what is written so far."""
    talk = find(actor(request), public_id)
    saved = desk.save_draft(talk, actor(request), typed(request.POST, "text"))
    attaching.keep_words(talk, actor(request), request.POST)
    HERE.typed(actor(request).pk, talk.public_id)
    sends = desk.may_answer(talk, actor(request))
    return JsonResponse(_room(talk, desk.room(saved)) if sends else NO_ROOM)


@require_POST
@needs(access.ANSWER)
def send(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Queue the reply and go on to the queue; what is refused stays in the box."""
    talk = find(actor(request), public_id)
    past = typed(request.POST, "past") if "past" in request.POST else None
    private, text = "private" in request.POST, typed(request.POST, "text")
    try:
        attaching.keep_words(talk, actor(request), request.POST)
        reply = desk.answer(talk, actor(request), text, past=past, private=private)
    except refusals.CannotError as error:
        desk.save_draft(talk, actor(request), typed(request.POST, "text"))
        say(request, error)
        return redirect("conversation", public_id)
    # What goes by hand is not done yet: its page opens from the thread.
    return redirect("conversation", public_id) if reply.by_hand else redirect("inbox")


@require_POST
@needs(access.ANSWER)
def send_later(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Plan the reply for a time on the writer's clock; what is refused stays in the box."""
    talk, me = find(actor(request), public_id), actor(request)
    try:
        at = planning.moment(request, me)
        attaching.keep_words(talk, me, request.POST)
        desk.answer(talk, me, typed(request.POST, "text"), at=at)
        planning.warn_unstaffed(request, at)
    except refusals.CannotError as error:
        desk.save_draft(talk, me, typed(request.POST, "text"))
        say(request, error)
        return redirect("conversation", public_id)
    return redirect("outbox")


@require_POST
@needs(access.DRAFT)
def insert(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the short form of the public answer, its link, or the words that ask somebody to say
    that they belong to us, behind what is written so far."""
    talk = find(actor(request), public_id)
    if request.POST.get("what") == "disclosure" and (asked := ours.undisclosed(talk)):
        desk.add_to_draft(talk, actor(request), asked[1])
        return redirect("conversation", public_id)
    if similar := suggesting.chosen(talk, actor(request), typed(request.POST, "what")):
        desk.add_to_draft(talk, actor(request), similar)
        return redirect("conversation", public_id)
    if link := links.chosen(typed(request.POST, "what")):
        desk.add_to_draft(talk, actor(request), link)
        return redirect("conversation", public_id)
    found = suggested(talk)
    if found is not None:
        added = found.link if request.POST.get("what") == "link" else found.short
        desk.add_to_draft(talk, actor(request), added)
    return redirect("conversation", public_id)


@require_POST
@needs(access.DRAFT)
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep a note."""
    talk = find(actor(request), public_id)
    try:
        desk.note(talk, actor(request), typed(request.POST, "text"))
    except refusals.CannotError as error:
        say(request, error)
    return redirect("conversation", public_id)


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is public about the question that the person asks."""

    revision: Revision
    short: str
    link: str


def suggested(talk: Conversation) -> Suggested | None:
    """The answer to what they ask, if one is public."""
    revision = told.suggested(talk)
    if revision is None:
        return None
    link = config().base_url + addresses.short(revision.answer.code)
    return Suggested(revision, revision.short, link)


def _uninvited(talk: Conversation) -> bool:
    """Whether the person speaks of us and not to us."""
    try:
        return not desk.to_answer(talk).tagged
    except refusals.CannotError:
        return False


def _by_hand(talk: Conversation) -> bool:
    """Whether the platform lets no program answer their last word."""
    try:
        return replies.answered(desk.to_answer(talk)) == replies.HAND
    except refusals.CannotError:
        return False


def _most_pictures(talk: Conversation, reader: Advisor, *, by_hand: bool) -> int:
    private = privately.audience(talk, reader).private
    return picturing.most(talk, private=private) if private or not by_hand else 0


def _film(talk: Conversation, reader: Advisor, *, by_hand: bool) -> dict[str, int] | None:
    """What a film may be, in MB and seconds; None where none can leave."""
    private = privately.audience(talk, reader).private
    limit = filming.limit(talk, private=private) if private or not by_hand else None
    return {"size": limit.size // 1_000_000, "seconds": limit.seconds} if limit else None


def _room(talk: Conversation, room: desk.Room) -> dict[str, Any]:
    """The sentence about the room kept, and the seconds that it lasts; 0 when none is."""
    if room.until is None:
        return {"room": _no_room(room), "seconds": 0}
    sentence = _("One %(channel)s reply reserved for you, %(left)s left")
    values = {"channel": channel_label(talk.channel), "left": words.left(room.until)}
    return {"room": sentence % values, "seconds": words.seconds_until(room.until)}


def _no_room(room: desk.Room) -> str:
    if room.free_at:
        at = words.at(room.free_at)
        return _("No room until %(at)s. Write on: Send waits its turn") % {"at": at}
    return _("Room is reserved when you begin to write")


def _why_not(talk: Conversation, reader: Advisor) -> str:
    """Why the reply box is closed; empty while it is open or nobody expects one."""
    if not access.may(reader, access.DRAFT) or desk.may_draft(talk, reader):
        return _closed_channel(talk) if desk.may_draft(talk, reader) else ""
    if talk.holder is None:
        return _("Take the conversation to answer.")
    return _("%(name)s has this conversation.") % {"name": talk.holder.name}


def _closed_channel(talk: Conversation) -> str:
    if talk.account is None or talk.account.disconnected_at is not None:
        return str(refusals.not_connected())
    return ""
