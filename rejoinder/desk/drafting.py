"""The draft: room is kept before its first word, and it follows its writer to another device."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from rejoinder.budget import actions as budget
from rejoinder.budget import forecast
from rejoinder.budget.models import Reservation
from rejoinder.channels.contract import PRIVATE
from rejoinder.desk import mine
from rejoinder.desk.models import Draft
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock, live
from rejoinder.team import access
from rejoinder.team.models import Advisor

KEPT = timedelta(minutes=10)
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Room:
    """What is kept for a reply: until when; or from when there will be room (None: unknown)."""

    until: datetime | None
    free_at: datetime | None = None


def start_reply(conversation: Conversation, actor: Advisor) -> Room:
    """Keep room before typing. Without room one may write all the same: Send waits its turn.

    Raises NotYoursError, and CannotError when no account can answer.
    """
    with transaction.atomic():
        mine.require(conversation, actor)
        account = mine.account(conversation)
        draft, _ = Draft.objects.get_or_create(
            conversation=conversation, advisor=actor, defaults={"saved_at": clock.now()}
        )
        until = clock.now() + KEPT
        if budget.renew(draft.reservation_id, until):
            return Room(until)
        kind = PRIVATE if draft.private else None
        kept = budget.reserve(account, actor, until, kind=kind)
        draft.reservation_id = kept.id if kept else None
        draft.save(update_fields=["reservation_id"])
        live.changed(live.account(account.public_id))
    return Room(until) if kept else Room(None, forecast.when(account))


def room(draft: Draft | None) -> Room:
    """What is kept for a draft as it stands."""
    kept = draft.reservation_id if draft else None
    found = Reservation.objects.filter(id=kept).first() if kept else None
    return Room(found.until if found else None)


def draft(conversation: Conversation, actor: Advisor) -> Draft | None:
    """The actor's own draft here."""
    return Draft.objects.filter(conversation=conversation, advisor=actor).first()


def drafts(conversation: Conversation, actor: Advisor) -> list[Draft]:
    """What others were writing here: for those who steer, so that nothing written is lost."""
    if not access.may(actor, access.STEER):
        return []
    others = Draft.objects.filter(conversation=conversation).exclude(advisor=actor)
    return list(others.exclude(text="").select_related("advisor").order_by("saved_at"))


def save_draft(conversation: Conversation, actor: Advisor, text: str) -> Draft:
    """Keep what is written; the room kept for it lasts ten minutes from now.

    Runs every few seconds while somebody types: no audit line, and nothing to tell others.
    """
    access.require(actor, access.DRAFT)
    now = clock.now()
    values = {"text": text, "saved_at": now} | ({} if text.strip() else {"machine_at": None})
    with transaction.atomic():
        saved, _ = Draft.objects.update_or_create(
            conversation=conversation, advisor=actor, defaults=values
        )
        budget.renew(saved.reservation_id, now + KEPT)
    return saved


def add_to_draft(
    conversation: Conversation, actor: Advisor, words: str, *, between: str = " "
) -> Draft:
    """Put words behind what is written so far; what stands there already is not said twice."""
    with transaction.atomic():
        written = draft(conversation, actor)
        so_far = written.text if written else ""
        text = so_far if words in so_far else between.join(filter(None, (so_far, words)))
        return save_draft(conversation, actor, text)


def forget_drafts() -> int:
    """Delete drafts left empty a day ago; how many."""
    empty = Draft.objects.filter(text="", reservation_id=None)
    return empty.filter(saved_at__lt=clock.now() - FORGOTTEN).delete()[0]
