"""Calling back in a promised slot: which slots have room, the promise, and that it was kept."""

from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.channels.models import Account
from rejoinder.channels.phone import hours
from rejoinder.channels.phone.hours import Slot
from rejoinder.channels.phone.phone import Phone
from rejoinder.desk.models import Callback
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.team import audit
from rejoinder.team.models import Advisor, Organisation


def offered() -> list[Slot]:
    """Slots of the next seven days that have room; none without somebody who keeps a phone."""
    account = _account()
    if account is None:
        return []
    zone = ZoneInfo(_zone())
    given = hours.slots(hours.windows(account.settings["hours"]), clock.now(), zone)
    rows = Callback.objects.filter(from_at__gte=clock.now(), kept_at=None)
    taken = Counter(rows.values_list("from_at", flat=True))
    most = int(account.settings["calls"])
    return [slot for slot in given if taken[slot[0]] < most]


def promise(channel: str, thread: str, slot: Slot, by: Advisor | None) -> Callback:
    """Promise a slot, in the transaction of the caller. Raises CannotError when it has no room."""
    with transaction.atomic():
        # One promise at a time: the slot cannot be filled between the look and the row.
        Account.objects.select_for_update().filter(channel=Phone.name).first()
        if slot not in offered():
            raise CannotError(_("This time has just been given away. Please choose another."))
        made = Callback.objects.create(
            channel=channel,
            thread=thread,
            from_at=slot[0],
            to_at=slot[1],
            promised_at=clock.now(),
            promised_by=by,
        )
        audit.line(by, "promised to call back", thread, at=slot[0].isoformat())
    return made


def standing(talks: Sequence[Conversation]) -> dict[int, Callback]:
    """What is promised and not kept yet, by conversation."""
    by_thread = {(talk.channel, talk.thread): talk.pk for talk in talks if _may_have(talk)}
    if not by_thread:
        return {}
    threads = [thread for _, thread in by_thread]
    rows = Callback.objects.filter(thread__in=threads, kept_at=None)
    return {
        by_thread[row.channel, row.thread]: row
        for row in rows
        if (row.channel, row.thread) in by_thread
    }


def after(reply: Reply) -> None:
    """An answer that is out keeps the promise; runs in the transaction that says so."""
    talk = reply.conversation
    if reply.state == State.SENT and _may_have(talk):
        waiting = Callback.objects.filter(channel=talk.channel, thread=talk.thread, kept_at=None)
        waiting.update(kept_at=reply.sent_at)


def _may_have(talk: Conversation) -> bool:
    """Only who came by the form or by phone was asked for a time."""
    return talk.channel in {"phone", "webform"}


def _account() -> Account | None:
    rows = Account.objects.filter(channel=Phone.name, disconnected_at=None)
    return rows.order_by("id").first()


def _zone() -> str:
    return Organisation.objects.values_list("time_zone", flat=True).first() or "UTC"
