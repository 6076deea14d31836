"""Somebody's own place in the queue, as they may hear it: numbers, and nobody's name."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from rejoinder.desk.fairness import HOUR
from rejoinder.desk.models import Assignment, PlanSettings
from rejoinder.desk.plan import settings
from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock

MOST = 1000  # counted to so many: "more than 1,000" is all that anybody needs to know
STARTED = 500  # of the newest beginnings, those that are looked through


@dataclass(frozen=True, slots=True)
class Place:
    """How many are before them, and how many in urgent need came later and went or go first."""

    before: int
    urgent_first: int

    @property
    def more(self) -> bool:
        return self.before > MOST


def place(conversation: Conversation) -> Place | None:
    """Where it stands now; None when it does not wait, or somebody has it."""
    since = conversation.waiting_since
    if since is None or conversation.holder_id is not None:
        return None
    waiting = Conversation.objects.filter(waiting_since__isnull=False, holder=None)
    before = waiting.filter(_before(conversation)).order_by()[: MOST + 1].count()
    return Place(before, _urgent_first(conversation))


def _before(own: Conversation) -> Q:
    """Whose turn comes first: as `fairness.order` and `claim` have it."""
    since = own.waiting_since
    earlier = Q(waiting_since__lt=since) | Q(waiting_since=since, id__lt=own.pk)
    equal = Q(need=own.need)
    if settings.current().mode == PlanSettings.Mode.STRICT:
        return Q(need__lt=own.need) | (equal & earlier)
    hour = clock.now() - timedelta(seconds=HOUR)
    in_time = Q(waiting_since__gte=hour)
    ours_in_time = since is not None and since >= hour
    among_equals = in_time & earlier if ours_in_time else in_time | earlier
    return Q(need__lt=own.need) | (equal & among_equals)


def _urgent_first(own: Conversation) -> int:
    """People in urgent need who came after this one: those still waiting, and those begun with."""
    if own.need == Need.URGENT or own.waiting_since is None:
        return 0
    later = Q(opened_at__gt=own.waiting_since)
    urgent = Conversation.objects.filter(later, need=Need.URGENT)
    waiting = urgent.filter(waiting_since__isnull=False, holder=None).order_by()[:MOST].count()
    newest = Assignment.objects.order_by("-id").values_list("conversation_id", "at")[:STARTED]
    begun = {talk for talk, at in newest if at > own.waiting_since}
    gone = urgent.filter(pk__in=begun).exclude(waiting_since__isnull=False, holder=None)
    return int(waiting + gone.count())
