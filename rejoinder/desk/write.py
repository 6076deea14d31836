"""Writing: the room kept before the first word, the draft, the note, and Send."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from rejoinder.budget import actions as budget
from rejoinder.budget import forecast
from rejoinder.budget.models import Reservation
from rejoinder.channels.contract import PRIVATE
from rejoinder.channels.models import Account
from rejoinder.desk import cosign, guarding, length, refusals
from rejoinder.desk.models import Draft, Note
from rejoinder.desk.notes import calling
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.models import LEAVING, UNSETTLED, Reply
from rejoinder.plumbing import clock, fault, live
from rejoinder.team import access, audit
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
        _require_mine(conversation, actor)
        account = _account(conversation)
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
    access.require(actor, access.ANSWER)
    now = clock.now()
    with transaction.atomic():
        saved, _ = Draft.objects.update_or_create(
            conversation=conversation, advisor=actor, defaults={"text": text, "saved_at": now}
        )
        budget.renew(saved.reservation_id, now + KEPT)
    return saved


def forget_drafts() -> int:
    """Delete drafts left empty a day ago; how many."""
    empty = Draft.objects.filter(text="", reservation_id=None)
    return empty.filter(saved_at__lt=clock.now() - FORGOTTEN).delete()[0]


def note(conversation: Conversation, actor: Advisor, text: str) -> Note:
    """Words among colleagues; never sent. Whom they name with an @ is called."""
    access.require(actor, access.ANSWER)
    if not text.strip():
        raise refusals.nothing_written()
    with transaction.atomic():
        written = Note.objects.create(
            conversation=conversation, advisor=actor, at=clock.now(), text=text.strip()
        )
        calling.call(written)
        live.changed(live.conversation(conversation.public_id))
        audit.line(actor, "noted on", conversation.public_id)
    return written


def may_answer(conversation: Conversation, actor: Advisor) -> bool:
    """Only the one who has it."""
    return access.may(actor, access.ANSWER) and conversation.holder_id == actor.pk


def answer(
    conversation: Conversation,
    actor: Advisor,
    text: str,
    *,
    past: str | None = None,
    private: bool = False,
    at: datetime | None = None,
) -> Reply:
    """Queue the reply; it leaves after the undo hold. Pressing Send twice queues one.

    With `at` it is planned: it leaves then, and its room is reserved then.

    `private` makes it so, and so does the choice kept with the draft. `past` sends it past what
    the guard found, for that reason. Raises NotYoursError, TooLongError,
    GuardedError, or CannotError with the reason.
    """
    words = text.strip()
    with transaction.atomic():
        _require_mine(conversation, actor)
        mention = to_answer(conversation)
        account = _account(conversation)
        leaving = cosign.signed(conversation, actor, words)
        _check(conversation, leaving)
        underway = _same(mention, leaving)
        if underway:
            return underway
        guarding.require(conversation, actor, words, past)
        reply = outbox.queue_reply(
            conversation,
            mention,
            actor,
            leaving,
            account=account,
            private=private or _chose_private(conversation, actor),
            reservation_id=_give_up_draft(conversation, actor, keep=at is None),
            due_at=at or clock.now() + outbox.undo_hold(),
            planned=at is not None,
        )
        fault.step("page.answering")
    fault.step("page.answered")
    return reply


def to_answer(conversation: Conversation) -> Mention:
    """The person's last word that still stands. Raises CannotError when all are deleted."""
    words = Mention.objects.filter(conversation=conversation, ours=False, deleted_at=None)
    last = words.order_by("-created_at", "-id").first()
    if last is None:
        raise refusals.nothing_to_answer()
    return last


def _require_mine(conversation: Conversation, actor: Advisor) -> None:
    access.require(actor, access.ANSWER)
    row = Conversation.objects.select_for_update(of=("self",)).select_related("holder")
    now = row.get(id=conversation.pk)
    if now.holder_id != actor.pk:
        raise refusals.NotYoursError(str(now.holder) if now.holder else None)


def _account(conversation: Conversation) -> Account:
    account = conversation.account
    if account is None or account.disconnected_at is not None:
        raise refusals.not_connected()
    return account


def _check(conversation: Conversation, words: str) -> None:
    if not words:
        raise refusals.nothing_written()
    count = length.counted(conversation, words)
    if count and not count.ok:
        raise refusals.TooLongError(count.used, count.allowed)


def _same(mention: Mention, words: str) -> Reply | None:
    on_its_way = Reply.objects.filter(mention=mention, state__in=[*LEAVING, *UNSETTLED])
    return on_its_way.filter(text=words).first()


def _chose_private(conversation: Conversation, actor: Advisor) -> bool:
    mine = Draft.objects.filter(conversation=conversation, advisor=actor)
    return mine.filter(private=True).exists()


def _give_up_draft(conversation: Conversation, actor: Advisor, *, keep: bool) -> int | None:
    """Empty the draft; its reservation goes with the reply, or back if that leaves later."""
    mine = Draft.objects.filter(conversation=conversation, advisor=actor)
    reservation = mine.values_list("reservation_id", flat=True).first()
    mine.update(text="", private=False, reservation_id=None, saved_at=clock.now())
    if keep:
        return reservation
    budget.release(reservation)
    return None
