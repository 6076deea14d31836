"""When two conversations of one person turn out to be one, all that was done goes on in the other.

What holds afterwards: nobody has the one that ended, no reply, draft, promise or note is left
behind in it, nothing sleeps in it, and no room stays reserved for a draft that nobody can see.
"""

from django.db.models import F, Model
from django.db.models.functions import Coalesce, Least

from rejoinder.answers.models import Told
from rejoinder.crisis.models import Promise as CrisisPromise
from rejoinder.desk.models import (
    Assignment,
    BatchItem,
    Closure,
    Dialled,
    Draft,
    DraftReview,
    Handover,
    IdentityCheck,
    Note,
    Piled,
    PlanWay,
    Presence,
    Promise,
    Quote,
    Referral,
    ReferralLink,
    RightsAccount,
    RightsRequest,
    Snooze,
    Tagged,
    Ticket,
    TurnChange,
)
from rejoinder.desk.take import end_assignment
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Acknowledgement, Picture, Reply
from rejoinder.plumbing import clock, live
from rejoinder.team import audit

# Rows of which a conversation may have any number: they simply go on in the other.
MOVED: tuple[type[Model], ...] = (
    Reply,
    Acknowledgement,
    Picture,
    Told,
    CrisisPromise,
    BatchItem,
    TurnChange,
    Promise,
    Assignment,
    Handover,
    Closure,
    DraftReview,
    IdentityCheck,
    Note,
    Quote,
    Ticket,
    RightsAccount,
    Dialled,
)
# What is true only of a conversation that waits or is looked at.
DROPPED: tuple[type[Model], ...] = (Piled, PlanWay, Presence)
# Of these the other may have one already; each has a function of its own below.
FITTED: tuple[type[Model], ...] = (Draft, Snooze, Tagged, Referral, RightsRequest)


def after(gone: Conversation, on: Conversation) -> None:
    """Runs in the transaction that made them one."""
    end_assignment(gone, None, "joined")
    for model in MOVED:
        model._default_manager.filter(conversation=gone).update(conversation=on)
    for model in DROPPED:
        model._default_manager.filter(conversation=gone).delete()
    _drafts(gone, on)
    _sleep(gone, on)
    _tags(gone, on)
    _referrals(gone, on)
    _rights(gone, on)
    live.changed(live.QUEUE, live.conversation(gone.public_id), live.conversation(on.public_id))
    audit.line(None, "joined two conversations", on.public_id, other=str(gone.public_id))


def _drafts(gone: Conversation, on: Conversation) -> None:
    """Who was writing in both finds both texts in one; what was private in either stays so."""
    there = {each.advisor_id: each for each in Draft.objects.filter(conversation=on)}
    for draft in Draft.objects.filter(conversation=gone):
        kept = there.get(draft.advisor_id)
        if kept is None:
            draft.conversation = on
            draft.save(update_fields=["conversation"])
            continue
        kept.text = "\n\n".join(part for part in (kept.text, draft.text) if part.strip())
        kept.private = kept.private or draft.private
        kept.machine_at = kept.machine_at or draft.machine_at
        kept.save(update_fields=["text", "private", "machine_at"])
        draft.delete()


def _sleep(gone: Conversation, on: Conversation) -> None:
    """A place that was kept in the queue counts for the one that goes on."""
    now = clock.now()
    for row in Snooze.objects.filter(conversation=gone, done_at=None, woken_at=None):
        if row.waited_since:
            Conversation.objects.filter(pk=on.pk).update(
                waiting_since=Least(
                    Coalesce(F("waiting_since"), row.waited_since), row.waited_since
                )
            )
    rows = Snooze.objects.filter(conversation=gone)
    rows.filter(done_at=None).update(done_at=now)
    rows.update(conversation=on)


def _tags(gone: Conversation, on: Conversation) -> None:
    rows = Tagged.objects.filter(conversation=gone)
    carried = Tagged.objects.filter(conversation=on, ended_at=None).values_list("tag", flat=True)
    rows.filter(ended_at=None, tag__in=list(carried)).update(ended_at=clock.now())
    rows.update(conversation=on)


def _referrals(gone: Conversation, on: Conversation) -> None:
    """Questions to experts go along; of two that are open in one area the other's stays open."""
    rows, now = Referral.objects.filter(conversation=gone), clock.now()
    open_ = Referral.objects.filter(conversation=on, ended_at=None)
    areas = list(open_.values_list("area", flat=True))
    double = list(rows.filter(ended_at=None, area__in=areas).values_list("pk", flat=True))
    ReferralLink.objects.filter(referral__in=double, ended_at=None).update(ended_at=now)
    Referral.objects.filter(pk__in=double).update(ended_at=now)
    rows.update(conversation=on)


def _rights(gone: Conversation, on: Conversation) -> None:
    """Of two open requests of one kind the one that came first stands, with its clock."""
    open_ = RightsRequest.objects.filter(conversation__in=[gone, on], answered_at=None)
    kinds: set[str] = set()
    for row in open_.order_by("came_at", "id"):
        if row.kind in kinds:
            row.delete()
        kinds.add(row.kind)
    RightsRequest.objects.filter(conversation=gone).update(conversation=on)
