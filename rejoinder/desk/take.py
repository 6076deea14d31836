"""Whose a conversation is: taking, taking over, letting go, handing over, closing."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from rejoinder.budget import actions as budget
from rejoinder.desk import refusals
from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.asleep.rules import Back
from rejoinder.desk.models import Assignment, Closure, Draft, Handover
from rejoinder.desk.plan import newcomers
from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock, fault, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

# What the plan lets go: everything but what it keeps back, and whoever is in urgent need.
LET_GO = Q(kept_back=None) | Q(need=Need.URGENT)


def take(conversation: Conversation, actor: Advisor) -> Conversation:
    """Make it the actor's. Raises AlreadyTakenError when somebody else was quicker."""
    access.require(actor, access.DRAFT)
    if access.is_learning(actor) and conversation.need == Need.URGENT:
        raise refusals.too_urgent_to_learn()
    with transaction.atomic():
        asleep.wake([conversation.pk], Back.TAKEN)
        nobodys = Conversation.objects.filter(id=conversation.pk, holder=None).filter(LET_GO)
        if why := newcomers.why_kept_back(conversation):
            newcomers.keep_back(conversation, why, None)
        elif nobodys.update(holder=actor, held_at=clock.now()):
            begin(conversation, actor, "took")
            fault.step("page.taking")
        conversation.refresh_from_db()
    fault.step("page.taken")
    if conversation.holder is None:
        raise refusals.KeptBackError
    if conversation.holder != actor:
        raise refusals.AlreadyTakenError(str(conversation.holder))
    return conversation


def may_take_over(conversation: Conversation, actor: Advisor) -> bool:
    """Whoever steers, from anybody else."""
    steers = access.may(actor, access.STEER) and access.may(actor, access.ANSWER)
    return steers and conversation.holder_id not in {None, actor.pk}


def take_over(conversation: Conversation, actor: Advisor, why: str) -> Conversation:
    """Take it from a colleague, who keeps the draft and loses the room kept for it."""
    access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)
    reason = reason_of(why)
    with transaction.atomic():
        free(conversation, actor, reason)
        conversation.holder, conversation.held_at = actor, clock.now()
        conversation.save(update_fields=["holder", "held_at"])
        begin(conversation, actor, "took over")
    return conversation


def let_go(conversation: Conversation, actor: Advisor) -> Conversation:
    """Give it back to the queue; the draft stays."""
    _require_mine(conversation, actor)
    with transaction.atomic():
        free(conversation, actor, "let go", only=actor)
        tell(conversation, actor, "let go of")
    return conversation


def may_hand_over(conversation: Conversation, actor: Advisor) -> bool:
    """Whoever has it, or steers."""
    return access.may(actor, access.ANSWER) and (
        conversation.holder_id == actor.pk or access.may(actor, access.STEER)
    )


def hand_over(
    conversation: Conversation,
    actor: Advisor,
    taker: Advisor,
    note: str = "",
    due: datetime | None = None,
) -> Conversation:
    """Give it to a colleague, with a word and when it is due.

    Raises CannotError when the colleague cannot answer.
    """
    access.require(actor, access.ANSWER)
    if not access.may(taker, access.ANSWER):
        raise refusals.no_such_colleague()
    now = clock.now()
    with transaction.atomic():
        only = None if access.may(actor, access.STEER) else actor
        free(conversation, actor, "handed over", only=only)
        conversation.holder, conversation.held_at = taker, now
        conversation.save(update_fields=["holder", "held_at"])
        Assignment.objects.create(conversation=conversation, advisor=taker, at=now)
        Handover.objects.create(
            conversation=conversation,
            giver=actor,
            taker=taker,
            at=now,
            note=note.strip()[:1000],
            due_at=due,
        )
        tell(conversation, actor, "handed over", to=taker.email)
    return conversation


def may_close(conversation: Conversation, actor: Advisor) -> bool:
    """Whoever has it, or steers; one that nobody has, anybody who answers."""
    held_by_other = conversation.holder_id not in {None, actor.pk}
    return access.may(actor, access.ANSWER) and (
        not held_by_other or access.may(actor, access.STEER)
    )


def close(
    conversation: Conversation, actor: Advisor, why: str, ask_at: datetime | None = None
) -> Conversation:
    """Done, for a reason. A new word from the person opens it again.

    At `ask_at` it comes back for a person to ask whether it worked; nothing is sent by itself.
    """
    access.require(actor, access.ANSWER)
    reason = reason_of(why)
    with transaction.atomic():
        lock(conversation)
        if not may_close(conversation, actor):
            raise refusals.NotYoursError(str(conversation.holder))
        free(conversation, actor, "closed")
        asleep.over(conversation)
        conversation.waiting_since = conversation.answered_at = None
        conversation.save(update_fields=["waiting_since", "answered_at"])
        Closure.objects.create(conversation=conversation, advisor=actor, at=clock.now(), why=reason)
        if ask_at:
            asleep.ask_later(conversation, actor, ask_at)
        tell(conversation, actor, "closed")
    return conversation


def end_assignment(conversation: Conversation, by: Advisor | None, why: str) -> None:
    """Whoever had it has it no longer: the row says since when; rooms kept for drafts go back."""
    Assignment.objects.filter(conversation=conversation, ended_at=None).update(
        ended_at=clock.now(), ended_by=by, why=why[:300]
    )
    give_back_room(Draft.objects.filter(conversation=conversation))


def give_back_room(drafts: QuerySet[Draft]) -> None:
    """What was kept for these drafts is free for others; Send reserves again."""
    for draft in drafts.filter(reservation_id__isnull=False):
        budget.release(draft.reservation_id)
        draft.reservation_id = None
        draft.save(update_fields=["reservation_id"])


def _require_mine(conversation: Conversation, actor: Advisor) -> None:
    access.require(actor, access.DRAFT)
    conversation.refresh_from_db(fields=["holder"])
    if conversation.holder_id != actor.pk:
        raise refusals.NotYoursError(str(conversation.holder) if conversation.holder else None)


def free(
    conversation: Conversation, actor: Advisor, why: str, *, only: Advisor | None = None
) -> None:
    """Nobody has it now. `only` names the one it may be taken from."""
    lock(conversation)
    if only is not None and conversation.holder_id != only.pk:
        raise refusals.NotYoursError(str(conversation.holder) if conversation.holder else None)
    end_assignment(conversation, actor, why)
    conversation.holder = conversation.held_at = None
    conversation.save(update_fields=["holder", "held_at"])


def lock(conversation: Conversation) -> None:
    """Others wait until this transaction ends; the object shows what is true now."""
    Conversation.objects.select_for_update().filter(id=conversation.pk).first()
    conversation.refresh_from_db()


def begin(
    conversation: Conversation, actor: Advisor, did: str, *, overtook: int = 0, **detail: str
) -> None:
    """The row and the audit line of somebody who has it from now on."""
    Assignment.objects.create(
        conversation=conversation, advisor=actor, at=clock.now(), overtook=overtook
    )
    tell(conversation, actor, did, **detail)


def tell(conversation: Conversation, actor: Advisor, did: str, **detail: str) -> None:
    """The audit line, and that pages look again."""
    live.changed(live.QUEUE, live.conversation(conversation.public_id))
    audit.line(actor, did, conversation.public_id, **detail)


def reason_of(why: str) -> str:
    """Raises CannotError when none was given."""
    if not why.strip():
        raise refusals.why_needed()
    return why.strip()[:300]
