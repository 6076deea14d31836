"""Who was answered first when, and who asked again: from rows to shares by need."""

from datetime import datetime

from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Mention, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.reporting.work.feedback import WEEK, Helped, came_back
from rejoinder.reporting.work.share import Share

ASKING = (Need.URGENT, Need.SPECIFIC, Need.COMMON)


def back(begins: datetime, ends: datetime, now: datetime) -> dict[int, Share | None]:
    """Of people whose first reply of the time left in it, by need of the conversation.

    Only those whose seven days are over count, so `begins` lies more than a week back for any.
    """
    helped: dict[int, Helped] = {}
    sent = Reply.objects.filter(state=State.SENT, sent_at__gte=begins, sent_at__lt=ends)
    rows = sent.order_by("sent_at", "id").values_list(
        "conversation__person", "conversation__need", "sent_at"
    )
    for person, need, at in rows:
        if at is not None:
            helped.setdefault(person, Helped(person, need, at))
    asked: dict[int, list[datetime]] = {}
    heard = Mention.objects.filter(
        pk__gte=first_since(begins),
        created_at__gt=begins,
        created_at__lte=ends + WEEK,
        ours=False,
        copy_of=None,
        deleted_at=None,
        need__in=ASKING,
    )
    for person, at in heard.values_list("person", "created_at"):
        if person in helped:
            asked.setdefault(person, []).append(at)
    return came_back(helped.values(), asked, now)
