"""Sends what batches hold as the plan lets it: a few at a time, so that one can still be stopped.

Nobody in need waits for a batch: pointers go to people whom the plan lets go, corrections take only
room that is not kept for anybody.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from rejoinder.budget import actions as budget
from rejoinder.desk import take, write
from rejoinder.desk.batch import actions, rules
from rejoinder.desk.models import Batch, BatchItem
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.turn import is_kept_back
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.listening.read.words import NEEDS
from rejoinder.outbox import actions as outbox
from rejoinder.plumbing import clock

EVERY = 5.0  # seconds between two rounds
AT_ONCE = 20  # of one batch in a round, between two looks at what people say to it
LOOKED_BACK = timedelta(hours=24)
DOES_NOT_HELP = "people say that it does not help them"
_UNHAPPY = (Need.URGENT, Need.SPECIFIC, Need.VENT, Need.ABUSE)


class Plan(Protocol):
    """What is left for people whom nothing keeps room for."""

    def spare(self) -> Mapping[int, float]:
        """Replies by account that may go now to who needs them least; no account: no limit."""
        ...


class Feeder:
    """One round of every open batch, in the order in which they were made."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def run(self) -> int:
        """How many replies were queued."""
        open_ = list(Batch.objects.filter(ended_at=None).select_related("revision__answer"))
        if not open_:
            return 0
        spare = dict(self._plan.spare())
        return sum(self._feed(batch, spare) for batch in open_)

    def _feed(self, batch: Batch, spare: dict[int, float]) -> int:
        told, unhappy = heard_back(batch)
        if rules.helps_not(told, unhappy):
            actions.stop(batch, None, DOES_NOT_HELP)
            return 0
        queued = 0
        rows = BatchItem.objects.filter(batch=batch, state=BatchItem.State.WAITING)
        free = rows.exclude(_told_later()).order_by("id").select_related("account")
        for item in free[: AT_ONCE * 2]:
            if queued == AT_ONCE:
                break
            if spare.get(item.account_id, 1.0) >= 1 and _queue(batch, item):
                queued += 1
                if item.account_id in spare:
                    spare[item.account_id] -= 1
        actions.finish(batch)
        return queued


def heard_back(batch: Batch) -> tuple[int, int]:
    """How many were told so far, and how many of them wrote again that it is not their problem."""
    after = Mention.objects.filter(
        Q(need__in=_UNHAPPY) | Q(sentiment="negative"),
        conversation=OuterRef("conversation"),
        ours=False,
        created_at__gt=OuterRef("reply__sent_at"),
    )
    lately = clock.now() - LOOKED_BACK
    sent = BatchItem.objects.filter(
        batch=batch, state=BatchItem.State.SENT, reply__sent_at__gte=lately
    )
    return sent.count(), sent.filter(Exists(after)).count()


def _queue(batch: Batch, item: BatchItem) -> bool:
    """One more person is told, if they are fit for it still; whether a reply was queued."""
    with transaction.atomic():
        rows = BatchItem.objects.select_for_update(of=("self",)).select_related("conversation")
        item = rows.get(pk=item.pk)
        if item.state != BatchItem.State.WAITING:
            return False
        talk = item.conversation
        pointer = batch.kind == Batch.Kind.POINTERS
        need, waits = _turn(talk)
        if why := rules.unfit_by_now(NEEDS[need], waits=waits, pointer=pointer):
            BatchItem.objects.filter(pk=item.pk).update(state=BatchItem.State.LEFT_OUT, why=why)
            return False
        return not _later(batch, talk) and _reply(batch, item, talk)


def _turn(talk: Conversation) -> tuple[int, bool]:
    """Their need, and whether they wait: for a turn of their own, or with who wrote the same."""
    if talk.waiting_since is not None:
        return talk.need, True
    rows = Mention.objects.filter(pk=talk.last_mention_id or 0)
    need, copy_of = rows.values_list("need", "copy_of").first() or (None, None)
    return talk.need if need is None else need, copy_of is not None


def _later(batch: Batch, talk: Conversation) -> bool:
    """Whether they are told another time: a colleague talks with them, or the plan keeps back."""
    held = talk.holder_id is not None
    return held or (talk.waiting_since is not None and is_kept_back(talk))


def _told_later() -> Q:
    """The same of many: those first in line may wait for long, and hold up nobody behind them."""
    waits = Q(conversation__waiting_since__isnull=False) & ~Q(conversation__need=Need.URGENT)
    kept_back = Q(conversation__kept_back__isnull=False)
    return Q(conversation__holder__isnull=False) | (waits & kept_back)


def _reply(batch: Batch, item: BatchItem, talk: Conversation) -> bool:
    room = budget.reserve(item.account, batch.advisor, None)
    if room is None:
        return False
    try:
        with transaction.atomic():
            if talk.waiting_since is not None:
                take.take(talk, batch.advisor)
            reply = outbox.queue_reply(
                talk,
                write.to_answer(talk),
                batch.advisor,
                item.text,
                account=item.account,
                reservation_id=room.pk,
                due_at=clock.now() + outbox.undo_hold(),
                planned=True,
            )
            BatchItem.objects.filter(pk=item.pk).update(state=BatchItem.State.QUEUED, reply=reply)
    except CannotError:
        budget.release(room.pk)
        BatchItem.objects.filter(pk=item.pk).update(state=BatchItem.State.LEFT_OUT, why="deleted")
        return False
    return True
