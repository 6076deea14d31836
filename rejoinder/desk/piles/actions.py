"""What leads do with a wave: put it into a pile, and undo that."""

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _

from rejoinder.desk.models import Pile, Piled
from rejoinder.desk.piles.gathering import copies, gather
from rejoinder.desk.refusals import CannotError
from rejoinder.listening import needs
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock, live
from rejoinder.privacy.find import masked
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

WORDS = 300
LEAST = 2  # accounts that say the same


def may_pile(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def pile(mention: Mention, actor: Advisor, why: str) -> Pile:
    """Copies of it leave the queue, and further ones as they come. Raises CannotError.

    Whoever is in urgent need or may be in danger, is somebody's, or said anything else stays.
    """
    access.require(actor, access.STEER)
    original = mention.copy_of or mention.pk
    if not why.strip():
        raise CannotError(_("Say in a few words why this is spam."))
    if copies(original).values("person").distinct().count() < LEAST:
        raise CannotError(_("Nobody else says the same. Block the author, or close it."))
    try:
        with transaction.atomic():
            made = Pile.objects.create(
                original=original,
                why=masked(why.strip(), WORDS),
                begun_by=actor,
                begun_at=clock.now(),
            )
            audit.line(actor, "put a wave of spam into a pile", made.pk, many=gather(made))
    except IntegrityError:
        raise CannotError(_("It is a pile already.")) from None
    return made


def others_say(mention: int) -> int:
    """How many other people said the same as a mention."""
    copy_of = Mention.objects.filter(pk=mention).values_list("copy_of", flat=True).first()
    said = copies(copy_of or mention).values("person").distinct()
    return max(said.count() - 1, 0)


def dissolve(row: Pile, actor: Advisor) -> int:
    """All of it waits again, at the places that were kept; how many."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        ended = {"ended_at": clock.now(), "ended_by": actor}
        if not Pile.objects.filter(pk=row.pk, ended_at=None).update(**ended):
            return 0
        talks = list(Piled.objects.filter(pile=row).values_list("conversation_id", flat=True))
        kept = Piled.objects.filter(pile=row, conversation=OuterRef("pk")).values("waited_since")
        again = Conversation.objects.filter(pk__in=talks, joined_into=None)
        since = Subquery(kept[:1])
        again.update(waiting_since=Least(Coalesce(F("waiting_since"), since), since))
        needs.renew(talks)
        audit.line(actor, "dissolved a pile", row.pk, many=len(talks))
        live.changed(live.QUEUE)
    return len(talks)
