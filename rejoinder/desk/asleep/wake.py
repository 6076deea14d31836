"""Waking what sleeps: every few seconds those whose event may have come, now and then all."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from rejoinder.answers.models import Covered, Revision
from rejoinder.crisis.actions import open_ones
from rejoinder.desk.asleep import rows, rules
from rejoinder.desk.asleep.rules import Back, Sleeper
from rejoinder.desk.models import Snooze
from rejoinder.listening.models import Mention, Need
from rejoinder.plumbing import clock

ALL_EVERY = 60.0  # seconds


class Waker:
    """Call `run` every few seconds: what it costs does not grow with how many sleep.

    Once a minute all are looked at, so that nobody is forgotten whatever brought them back.
    """

    def __init__(self) -> None:
        self._all_at: float | None = None
        self._heard = 0
        self._published: datetime | None = None
        self._crisis = False

    def run(self) -> int:
        """Wake whoever is due; how many."""
        before, self._heard = self._heard, _newest_mention()
        published, self._published = self._published, _newest_revision()
        crisis, self._crisis = self._crisis, open_ones().exists()
        running = clock.running()
        if self._all_at is None or running - self._all_at >= ALL_EVERY:
            self._all_at = running
            return run()
        may = Q(until__lte=clock.now())
        if self._heard > before:
            may |= Q(conversation__in=_who_wrote(before, self._heard))
        if self._published != published:
            may |= Q(event=Snooze.Event.ANSWER)
        if crisis and not self._crisis:
            may |= Q(event=Snooze.Event.CRISIS)
        return _wake(rows.asleep().filter(may), crisis=self._crisis)


def run() -> int:
    """Look at all that sleep and wake whoever is due; how many."""
    return _wake(rows.asleep(), crisis=open_ones().exists())


def read_again(talks: Collection[int]) -> None:
    """Their readings changed: who turns out to be in urgent need is back at once."""
    urgent = rows.asleep().filter(_urgent(), conversation__in=talks)
    found = list(urgent.values_list("conversation", flat=True))
    if found:
        rows.wake(found, Back.URGENT)


def _wake(among: QuerySet[Snooze], *, crisis: bool) -> int:
    found = _sleepers(among)
    if not found:
        return 0
    reasons = rules.back(found, clock.now(), crisis=crisis)
    by_reason: dict[Back, list[int]] = defaultdict(list)
    for number, why in reasons.items():
        by_reason[why].append(number)
    with transaction.atomic():
        return sum(rows.wake(talks, why) for why, talks in by_reason.items())


def _who_wrote(after: int, until: int) -> list[int]:
    """Conversations with something new; their numbers, so that few are looked up."""
    new = Mention.objects.filter(id__gt=after, id__lte=until, ours=False)
    found = new.filter(conversation__isnull=False).values_list("conversation", flat=True)
    return list(set(found))


def _newest_mention() -> int:
    return Mention.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _newest_revision() -> datetime | None:
    published = Revision.objects.filter(published_at__isnull=False)
    return published.order_by("-published_at", "-id").values_list("published_at", flat=True).first()


def _urgent() -> Exists:
    return Exists(
        Mention.objects.filter(
            conversation=OuterRef("conversation"),
            need=Need.URGENT,
            deleted_at=None,
            created_at__gte=OuterRef("waited_since"),
        )
    )


def _sleepers(among: QuerySet[Snooze]) -> list[Sleeper]:
    found = list(among.annotate(urgent=_urgent(), written=F("conversation__waiting_since")))
    published = _published([row for row in found if row.event == Snooze.Event.ANSWER])
    return [
        Sleeper(
            row.conversation_id,
            row.until,
            row.event,
            urgent=row.urgent,
            wrote=row.written is not None,
            published=row.pk in published,
        )
        for row in found
    ]


def _published(waiting: list[Snooze]) -> set[int]:
    """Those for which something was published since: on their question, or at all without one."""
    if not waiting:
        return set()
    since = min(row.at for row in waiting)
    revisions = Revision.objects.filter(published_at__gt=since).values_list("answer")
    newest: dict[int, datetime] = dict(revisions.annotate(at=Max("published_at")))
    answers = Covered.objects.filter(answer__in=newest, until=None)
    by_question = {row.question_id: newest[row.answer_id] for row in answers}
    anything = max(newest.values(), default=None)
    return {
        row.pk
        for row in waiting
        if (at := by_question.get(row.question_id) if row.question_id else anything) and at > row.at
    }
