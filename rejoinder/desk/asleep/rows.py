"""The rows of what sleeps: who is asleep, who is back, and ending either."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Least

from rejoinder.desk.asleep.rules import Back
from rejoinder.desk.models import Snooze
from rejoinder.listening import needs
from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock, live
from rejoinder.team.models import Advisor


def asleep() -> QuerySet[Snooze]:
    """What sleeps now."""
    return Snooze.objects.filter(woken_at=None, done_at=None)


def standing(talks: Iterable[Conversation]) -> dict[int, Snooze]:
    """By conversation: its row while it sleeps, or is back and not dealt with yet."""
    rows = Snooze.objects.filter(conversation__in=[talk.pk for talk in talks], done_at=None)
    return {row.conversation_id: row for row in rows.select_related("advisor")}


def wake(talks: Collection[int], why: Back) -> int:
    """Wake those of these conversations that sleep; in the transaction of the caller.

    They wait again at the place that was kept for them. Who had been answered waits from now, and
    a need that was seen to counts no more.
    """
    now = clock.now()
    rows = list(asleep().filter(conversation__in=talks).select_for_update())
    for row in rows:
        since = row.waited_since or now
        if row.waited_since is None:
            seen_to = Conversation.objects.filter(pk=row.conversation_id, waiting_since=None)
            seen_to.filter(need__lt=Need.COMMON).update(need=Need.COMMON)
        Conversation.objects.filter(pk=row.conversation_id).update(
            waiting_since=Least(Coalesce(F("waiting_since"), since), since)
        )
    Snooze.objects.filter(pk__in=[row.pk for row in rows]).update(woken_at=now, back=why)
    if rows:
        woken = [row.conversation_id for row in rows]
        needs.renew(woken)
        names = Conversation.objects.filter(pk__in=woken).values_list("public_id", flat=True)
        live.changed(live.QUEUE, *map(live.conversation, names))
    return len(rows)


def ask_later(talk: Conversation, actor: Advisor, at: datetime) -> None:
    """Bring back one that is being closed, for a person to ask whether it worked."""
    Snooze.objects.create(
        conversation=talk, advisor=actor, at=clock.now(), until=at, event=Snooze.Event.WORKED
    )


def over(talk: Conversation) -> None:
    """It was closed: it sleeps no more, and is not back either."""
    Snooze.objects.filter(conversation=talk, done_at=None).update(done_at=clock.now())


def answered(talk: Conversation) -> None:
    """An answer left: what is back is dealt with; what sleeps comes back to be asked after."""
    rows = Snooze.objects.filter(conversation=talk, done_at=None)
    rows.exclude(woken_at=None).update(done_at=clock.now())
    rows.filter(woken_at=None).update(waited_since=None)
