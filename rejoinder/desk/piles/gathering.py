"""Which conversations go into a pile, and putting them there, a little behind triage."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from rejoinder.desk.models import Pile, Piled
from rejoinder.listening.models import Conversation, Mention, Need, SafetyCard
from rejoinder.plumbing import clock, live

EVERY = 5.0  # seconds
GROWS = timedelta(days=7)  # so long further copies join a pile
MOST = 2_000  # conversations in one transaction


def run() -> int:
    """Put what came since into the piles that stand; how many conversations."""
    standing = Pile.objects.filter(ended_at=None, begun_at__gt=clock.now() - GROWS)
    return sum(gather(pile) for pile in standing)


def gather(pile: Pile) -> int:
    """Put every conversation that holds nothing but copies into it; how many."""
    put = 0
    while some := _put(pile):
        put += some
    return put


def copies(original: int) -> QuerySet[Mention]:
    """The post and those of other people that say the same."""
    same = Q(pk=original) | Q(copy_of=original)
    return Mention.objects.filter(same, ours=False, deleted_at=None)


def _put(pile: Pile) -> int:
    said = copies(pile.original).filter(conversation__waiting_since__isnull=False)
    talks = said.order_by("conversation_id").values_list("conversation_id", flat=True).distinct()
    with transaction.atomic():
        if not Pile.objects.select_for_update().filter(pk=pile.pk, ended_at=None).exists():
            return 0
        free = Conversation.objects.select_for_update().filter(
            pk__in=talks, waiting_since__isnull=False, holder=None, need__gt=Need.URGENT
        )
        rows = list(free.exclude(pk__in=_with_more(pile, talks)).order_by("pk")[:MOST])
        at = clock.now()
        kept = [(row, row.waiting_since or at) for row in rows]
        Piled.objects.bulk_create(
            [Piled(pile=pile, conversation=row, waited_since=since, at=at) for row, since in kept],
            batch_size=500,
            ignore_conflicts=True,
        )
        Conversation.objects.filter(pk__in=[row.pk for row in rows]).update(
            waiting_since=None, kept_back=None, kept_until=None
        )
        if rows:
            live.changed(live.QUEUE)
    return len(rows)


def _with_more(pile: Pile, talks: QuerySet[Mention, int | None]) -> QuerySet[Mention, int | None]:
    """Conversations in which somebody said something else too, or may be in danger."""
    cards = SafetyCard.objects.filter(closed_at=None).values("mention_id")
    other = (Q(copy_of=None) | ~Q(copy_of=pile.original)) & ~Q(pk=pile.original)
    said = Mention.objects.filter(conversation__in=talks, deleted_at=None)
    more = said.filter(Q(ours=True) | other | Q(pk__in=cards))
    return more.values_list("conversation_id", flat=True)
