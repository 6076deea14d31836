"""Safety cards: somebody may be in danger, and a lead sees to it until it is known how it ended."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rejoinder.listening.models import Conversation, Mention, SafetyCard
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.access import Actor
from rejoinder.team.models import Advisor


class CannotError(Exception):
    """The card cannot be changed so; the message says why."""


def open_cards(found: Iterable[tuple[int, str]]) -> int:
    """A card for each (mention, kind) that has none; how many were opened."""
    asked = dict.fromkeys(found)
    rows = SafetyCard.objects.filter(mention_id__in=[mention for mention, _ in asked])
    there = set(rows.values_list("mention_id", "kind"))
    now = clock.now()
    cards = [
        SafetyCard(mention_id=mention, kind=kind, opened_at=now)
        for mention, kind in asked
        if (mention, kind) not in there
    ]
    # Another process may open the same card meanwhile: it stays one.
    SafetyCard.objects.bulk_create(cards, ignore_conflicts=True)
    for card in cards:
        audit.line(None, "opened a safety card", card.mention_id, kind=card.kind)
    return len(cards)


def may_own(actor: Actor) -> bool:
    """Leads and owners: who steers."""
    return access.may(actor, access.STEER)


def cards(actor: Advisor) -> QuerySet[SafetyCard]:
    """Those not closed, the oldest first."""
    rows = access.visible(actor, SafetyCard.objects.filter(closed_at=None))
    return rows.select_related("owner").order_by("opened_at", "id")


def of(conversation: Conversation, actor: Advisor) -> QuerySet[SafetyCard]:
    """The cards of one conversation, closed ones too."""
    mentions = Mention.objects.filter(conversation=conversation).values("pk")
    rows = access.visible(actor, SafetyCard.objects.filter(mention_id__in=mentions))
    return rows.select_related("owner").order_by("opened_at", "id")


def own(card: SafetyCard, actor: Advisor) -> None:
    """See to it. Raises CannotError when another lead does already."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        free = SafetyCard.objects.filter(pk=card.pk, owner=None, closed_at=None)
        if not free.update(owner=actor, owned_at=clock.now()):
            card.refresh_from_db()
            raise CannotError(_("%(name)s sees to this already.") % {"name": card.owner})
        _tell(card, actor, "took the safety card")
    card.refresh_from_db()


def close(card: SafetyCard, actor: Advisor, outcome: str) -> None:
    """It is known how it ended. Raises CannotError without a word on that."""
    access.require(actor, access.STEER)
    if not outcome.strip():
        raise CannotError(_("Say how it ended, for whoever asks later."))
    with transaction.atomic():
        open_ = SafetyCard.objects.filter(pk=card.pk, closed_at=None)
        if open_.update(closed_at=clock.now(), outcome=outcome.strip()[:300]):
            _tell(card, actor, "closed the safety card")
    card.refresh_from_db()


def _tell(card: SafetyCard, actor: Advisor, did: str) -> None:
    talk = Conversation.objects.filter(mention__pk=card.mention_id).first()
    live.changed(live.QUEUE, *([live.conversation(talk.public_id)] if talk else []))
    audit.line(actor, did, talk.public_id if talk else card.mention_id, kind=card.kind)
