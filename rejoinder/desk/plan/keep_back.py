"""Whom the plan keeps back for now: written on the conversations, with the reason and a time."""

from collections import defaultdict
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from rejoinder.budget.plan.decide import HOLD, NEEDIER, SETTLES, Decisions, decide, kept_back
from rejoinder.budget.plan.situation import Ints
from rejoinder.budget.plan.solve import Plan, solve
from rejoinder.budget.plan.words import REASONS, Reason
from rejoinder.desk.plan import settings
from rejoinder.desk.plan.gather import Gathered, gather
from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock, live

AGAIN = timedelta(minutes=15)  # between two plans
# For these it waits. A busy team is no reason: the queue itself takes the neediest first.
WAITS_FOR: tuple[Reason, ...] = (
    "limit",
    "kept-for-urgent",
    "kept-for-needier",
    "past-the-hour",
    "update-may-settle",
)
_WAITS_FOR = [REASONS.index(why) for why in WAITS_FOR]
_ROUND = timedelta(minutes=5)  # of the time that is shown
_ROWS = 500  # in one UPDATE


class Planner:
    """Plans every quarter of an hour, and decides with that plan each time it is asked."""

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._made: datetime | None = None
        self._of: tuple[object, ...] = ()

    def run(self) -> int:
        """Decide about everybody who waits; how many are kept back or let go by it."""
        row = settings.current()
        if not row.on:
            return _let_all_go()
        known = gather(row)
        return _write(known, self._decided(known, (row.changed_at, len(known.accounts))))

    def _decided(self, known: Gathered, of: tuple[object, ...]) -> Decisions:
        now = clock.now()
        if self._plan is None or self._made is None or now - self._made >= AGAIN or of != self._of:
            self._plan, self._made, self._of = solve(known.situation), now, of
        named = {(each.name, each.accounts): each for each in known.situation.windows}
        bound = [named[each.name, each.accounts] for each in self._plan.windows]
        second = known.situation.now
        keep, since = kept_back(self._plan, bound, second), known.went_since(self._plan.made)
        waiting, left = known.situation.waiting, known.left()
        return decide(self._plan, keep, waiting, left, second, since=since)


def _write(known: Gathered, decided: Decisions) -> int:
    """Only what is new, and what is said with a time that is over."""
    changes: dict[tuple[str | None, datetime | None], list[int]] = defaultdict(list)
    reason, now = _reasons(known, decided), clock.now()
    kept = np.array([bool(why) for why in known.kept_back], dtype=np.bool_)
    for place in np.flatnonzero((reason >= 0) | kept).tolist():
        why: str | None = REASONS[reason[place]] if reason[place] >= 0 else None
        until = known.kept_until[place]
        if (why or "") != known.kept_back[place] or (until is not None and until <= now):
            until = _rounded(known.day.moment(float(decided.until[place]))) if why else None
            changes[why, until].append(int(known.conversations[place]))
    with transaction.atomic():
        for (why, until), numbers in changes.items():
            for at in range(0, len(numbers), _ROWS):
                some = Conversation.objects.filter(pk__in=numbers[at : at + _ROWS], holder=None)
                some.update(kept_back=why, kept_until=until)
        if changes:
            live.changed(live.QUEUE)
    return sum(map(len, changes.values()))


def _reasons(known: Gathered, decided: Decisions) -> Ints:
    """By row the number of the reason to keep it back; -1 lets it go."""
    waiting = known.situation.waiting
    # Where no answer is published, a better moment is one at which fewer need it more.
    later = (decided.reason == SETTLES) & ~waiting.answered
    reason = np.where(later, NEEDIER, decided.reason)
    held = (decided.do == HOLD) & (waiting.need != Need.URGENT)
    return np.where(held & np.isin(reason, _WAITS_FOR), reason, -1)


def _rounded(moment: datetime) -> datetime:
    over = timedelta(seconds=moment.timestamp() % _ROUND.total_seconds())
    return moment - over + _ROUND


def _let_all_go() -> int:
    kept = Conversation.objects.filter(kept_back__isnull=False)
    many = kept.update(kept_back=None, kept_until=None)
    if many:
        live.changed(live.QUEUE)
    return many
