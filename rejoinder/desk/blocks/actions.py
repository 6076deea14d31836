"""Blocking, looking at it again, and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rejoinder.desk import take
from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.blocks import rules
from rejoinder.desk.blocks.rules import Asked, No
from rejoinder.desk.models import Closure
from rejoinder.desk.refusals import CannotError
from rejoinder.listening import blocked
from rejoinder.listening.models import Block, Conversation, Mention, Need, Person, SafetyCard
from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

WORDS = 300
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """As a lead filled it in."""

    ground: str
    why: str
    other_way: str
    days: int
    sure: bool


def may_block(actor: Advisor) -> bool:
    """Whoever steers and answers."""
    return access.may(actor, access.STEER) and access.may(actor, access.ANSWER)


def block(talk: Conversation, actor: Advisor, mention: Mention | None, asking: Asking) -> Block:
    """What they write from now on does not come to the queue, and what waits of theirs is closed.

    `mention` are the words that show why. Raises CannotError with the reason.
    """
    access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)
    now, person = clock.now(), talk.person
    review_at = now + timedelta(days=asking.days)
    with transaction.atomic():
        Person.objects.select_for_update().filter(pk=person.pk).first()
        no = rules.refused(_asked(person, mention, asking, review_at), now)
        if no is not None or mention is None:
            raise CannotError(_why_not(no or No.SHOWN))
        made = Block.objects.create(
            person=person,
            mention=mention,
            ground=asking.ground,
            why=masked(asking.why.strip(), WORDS),
            other_way=asking.other_way.strip()[:WORDS],
            begun_by=actor,
            begun_at=now,
            review_at=review_at,
        )
        _close_what_waits(person, actor)
        take.tell(talk, actor, "blocked the author of", ground=asking.ground)
    return made


def review(row: Block, actor: Advisor, days: int) -> None:
    """It still has to be; it is looked at again later. Raises CannotError."""
    access.require(actor, access.STEER)
    if days not in rules.DAYS:
        raise CannotError(_why_not(No.REVIEW))
    with transaction.atomic():
        until = clock.now() + timedelta(days=days)
        if Block.objects.filter(pk=row.pk, ended_at=None).update(review_at=until):
            audit.line(actor, "looked at a block again", row.pk, review_at=until.isoformat())


def blocked_there(row: Block, actor: Advisor) -> None:
    """Somebody blocked them on the platform too."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        open_ = Block.objects.filter(pk=row.pk, ended_at=None, there_at=None)
        if open_.update(there_at=clock.now()):
            audit.line(actor, "blocked somebody on the platform", row.pk)


def unblock(row: Block, actor: Advisor, why: str) -> None:
    """What they write comes to the queue again. Raises CannotError without a reason."""
    access.require(actor, access.STEER)
    reason = masked(take.reason_of(why), WORDS)
    with transaction.atomic():
        open_ = Block.objects.filter(pk=row.pk, ended_at=None)
        ended = {"ended_at": clock.now(), "ended_by": actor, "ended_why": reason}
        if open_.update(**ended):
            audit.line(actor, "unblocked somebody", row.pk)


def listed(actor: Advisor) -> Sequence[Block]:
    """Those that hold, the one to be looked at first at the front."""
    rows = access.visible(actor, Block.objects.filter(ended_at=None))
    shown = rows.select_related("person", "begun_by", "mention__conversation")
    return list(shown.order_by("review_at", "id")[:SHOWN])


def _asked(person: Person, mention: Mention | None, asking: Asking, review_at: datetime) -> Asked:
    waiting = Conversation.objects.filter(waiting_since__isnull=False, person=person)
    # Open cards are few; what somebody wrote may be much.
    cards = SafetyCard.objects.filter(closed_at=None).values("mention_id")
    return Asked(
        ground=asking.ground if asking.ground in Block.Ground.values else "",
        why=asking.why,
        other_way=asking.other_way,
        shown=mention is not None and mention.person_id == person.pk,
        abusive=mention is not None and is_abusive(mention),
        sure=asking.sure,
        review_at=review_at,
        blocked=bool(blocked.standing([person])),
        card_open=Mention.objects.filter(pk__in=cards, person=person).exists(),
        urgent=waiting.filter(need=Need.URGENT).exists(),
    )


def is_abusive(mention: Mention) -> bool:
    """Whether the desk reads it as aimed at people; strong language about the service is not."""
    return mention.need == Need.ABUSE or bool((mention.reading or {}).get("abuse"))


def _close_what_waits(person: Person, actor: Advisor) -> None:
    open_ = Q(waiting_since__isnull=False) | Q(holder__isnull=False)
    rows = list(Conversation.objects.filter(open_, person=person))
    rows += [row.conversation for row in asleep.asleep().filter(conversation__person=person)]
    for talk in {row.pk: row for row in rows}.values():
        take.free(talk, actor, "blocked")
        asleep.over(talk)
        Conversation.objects.filter(pk=talk.pk).update(waiting_since=None, answered_at=None)
        Closure.objects.create(
            conversation=talk, advisor=actor, at=clock.now(), why=_("Blocked for abuse")
        )
        take.tell(talk, actor, "closed")


def _why_not(no: No) -> str:
    return {
        No.BLOCKED: _("They are blocked already."),
        No.DANGER: _("A safety card of theirs is open. See to it first."),
        No.URGENT: _("They wait in urgent need. Help first, then look again."),
        No.GROUND: _("Choose the ground. What is said about the service is none."),
        No.SHOWN: _("Name the words of theirs that show why."),
        No.CRITICISM: _(
            "The desk reads nothing in these words that is aimed at people. Strong language about "
            "the service is answered. Read them again; if they are aimed at people, say so."
        ),
        No.WORDS: _("Say why in a few words; it stands in the history."),
        No.OTHER_WAY: _("Say how they are helped all the same."),
        No.REVIEW: _("Choose when it is looked at again: within half a year."),
    }[no]
