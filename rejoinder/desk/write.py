"""Words for a conversation: the note among colleagues, and Send."""

from datetime import datetime

from django.db import transaction

from rejoinder.budget import actions as budget
from rejoinder.desk import cosign, guarding, length, mine, picturing, refusals
from rejoinder.desk.coaching import actions as coaching
from rejoinder.desk.models import Draft, Note
from rejoinder.desk.notes import calling
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.models import LEAVING, UNSETTLED, Reply
from rejoinder.plumbing import clock, fault, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def note(conversation: Conversation, actor: Advisor, text: str) -> Note:
    """Words among colleagues; never sent. Whom they name with an @ is called."""
    access.require(actor, access.DRAFT)
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
        mine.require(conversation, actor)
        mention = to_answer(conversation)
        account = mine.account(conversation)
        leaving = cosign.signed(conversation, actor, words)
        draft = Draft.objects.filter(conversation=conversation, advisor=actor).first()
        alone = private or bool(draft and draft.private)
        _check(conversation, leaving, private=alone)
        underway = _same(mention, leaving)
        if underway:
            return underway
        guarding.require(conversation, actor, words, past)
        picturing.require(conversation, actor, private=alone or not mention.public)
        reply = outbox.queue_reply(
            conversation,
            mention,
            actor,
            leaving,
            account=account,
            private=alone,
            reservation_id=_give_up_draft(conversation, actor, keep=at is None),
            due_at=at or clock.now() + outbox.undo_hold(),
            planned=at is not None,
            machine_at=draft.machine_at if draft else None,
        )
        picturing.go_with(reply)
        coaching.sent(conversation, actor, reply)
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


def _check(conversation: Conversation, words: str, *, private: bool) -> None:
    if not words:
        raise refusals.nothing_written()
    count = length.counted(conversation, words, private=private)
    if count and not count.ok:
        raise refusals.TooLongError(count.used, count.allowed)


def _same(mention: Mention, words: str) -> Reply | None:
    on_its_way = Reply.objects.filter(mention=mention, state__in=[*LEAVING, *UNSETTLED])
    return on_its_way.filter(text=words).first()


def _give_up_draft(conversation: Conversation, actor: Advisor, *, keep: bool) -> int | None:
    """Empty the draft; its reservation goes with the reply, or back if that leaves later."""
    drafts = Draft.objects.filter(conversation=conversation, advisor=actor)
    reservation = drafts.values_list("reservation_id", flat=True).first()
    now = clock.now()
    drafts.update(text="", private=False, machine_at=None, reservation_id=None, saved_at=now)
    if keep:
        return reservation
    budget.release(reservation)
    return None
