"""Whose turn it is: the next of the queue, and who is answered out of turn."""

from datetime import timedelta

from django.db import transaction

from rejoinder.desk import refusals
from rejoinder.desk.breaks import borne
from rejoinder.desk.claim import Spared, claim
from rejoinder.desk.fairness import HOUR, Mode
from rejoinder.desk.models import PlanSettings, TurnChange
from rejoinder.desk.plan import newcomers, settings
from rejoinder.desk.take import LET_GO, begin, reason_of
from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor

COUNTED = 1000  # people overtaken are counted to so many


def take_next(actor: Advisor) -> Conversation | None:
    """The first of the queue that nobody has and the plan lets go; None when there is none.

    Who is learning is given nobody in urgent need and no abuse.
    """
    access.require(actor, access.DRAFT)
    with transaction.atomic():
        strict = settings.current().mode == PlanSettings.Mode.STRICT
        conversation = _first(actor, "strict" if strict else "within-the-hour")
        if conversation is None:
            return None
        begin(conversation, actor, "took", overtook=0 if strict else _overtaken(conversation))
    return conversation


def _first(actor: Advisor, mode: Mode) -> Conversation | None:
    """The first whom the plan lets go, of those too whom it has not looked at yet."""
    spared = _spared(actor)
    while (found := claim(actor, mode, spared=spared)) is not None:
        conversation = Conversation.objects.select_related("person", "account").get(id=found)
        why = newcomers.why_kept_back(conversation)
        if why is None:
            return conversation
        newcomers.keep_back(conversation, why, actor)
    return None


def _spared(actor: Advisor) -> Spared:
    if access.is_learning(actor):
        return Spared.HARD
    return Spared.ABUSE if borne.spared_until(actor) else Spared.NOTHING


def may_take_out_of_turn(conversation: Conversation, actor: Advisor) -> bool:
    """Whoever steers, when the plan keeps it back."""
    steers = access.may(actor, access.STEER) and access.may(actor, access.ANSWER)
    return steers and conversation.holder_id is None and is_kept_back(conversation)


def is_kept_back(conversation: Conversation) -> bool:
    """Whether the plan keeps an answer back for now; never from people in urgent need."""
    return bool(conversation.kept_back) and conversation.need != Need.URGENT


def take_out_of_turn(conversation: Conversation, actor: Advisor, why: str) -> Conversation:
    """A named lead changes a turn, for a reason that stands in the history and in reports."""
    access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)
    reason = reason_of(why)
    with transaction.atomic():
        free = Conversation.objects.filter(id=conversation.pk, holder=None)
        if free.update(holder=actor, held_at=clock.now()):
            TurnChange.objects.create(
                conversation=conversation, lead=actor, at=clock.now(), why=reason
            )
            begin(conversation, actor, "took out of turn", why=reason)
        conversation.refresh_from_db()
    if conversation.holder != actor:
        raise refusals.AlreadyTakenError(str(conversation.holder))
    return conversation


def _overtaken(taken: Conversation) -> int:
    """Of the same need, those past the hour who had waited longer than the one just taken."""
    hour_ago = clock.now() - timedelta(seconds=HOUR)
    if taken.waiting_since is None or taken.waiting_since < hour_ago:
        return 0
    free = Conversation.objects.filter(LET_GO, holder=None, need=taken.need)
    return free.filter(waiting_since__lt=hour_ago)[:COUNTED].count()
