"""Whom the plan keeps back for now: written on the conversations, with the reason and a time."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from rejoinder.budget.plan.decide import (
    HOLD,
    NEEDIER,
    SETTLES,
    Decisions,
    decide,
    in_the_hour,
    kept_back,
)
from rejoinder.budget.plan.situation import Floats, Ints, Waiting
from rejoinder.budget.plan.solve import Plan, solve
from rejoinder.budget.plan.ways import Ways
from rejoinder.budget.plan.words import REASONS, Reason
from rejoinder.desk.fairness import none_before
from rejoinder.desk.models import PlanSettings
from rejoinder.desk.plan import newcomers, settings
from rejoinder.desk.plan import ways as other
from rejoinder.desk.plan.gather import Gathered, gather
from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock, live

AGAIN = timedelta(minutes=15)  # between two plans
# For these it waits. A busy team is no reason: the queue itself takes the neediest first.
WAITS_FOR: tuple[Reason, ...] = (
    "limit",
    "money",
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
        self._spare: dict[int, float] = {}
        self._keep: Floats = np.zeros((0, 0))

    def spare(self) -> Mapping[int, float]:
        """Replies by account, as last decided, that nobody in greater need has room kept for."""
        return self._spare

    def run(self) -> int:
        """Decide about everybody who waits; how many are kept back or let go by it."""
        row = settings.in_force()
        if not row.on:
            self._spare = {}
            newcomers.forget()
            other.forget()
            return _let_all_go()
        known = gather(row)
        if not known.accounts:  # a desk on its first day: nothing is scarce
            return _let_all_go()
        strict = row.mode == PlanSettings.Mode.STRICT
        decided = self._decided(known, (row.changed_at, len(known.accounts)), strict=strict)
        waiting = known.situation.waiting
        many = _write(known, _reasons(waiting, decided, strict=strict), decided.until)
        other.write(known, decided)
        coming = newcomers.such(known)
        unseen = other.none(len(coming.came), len(known.accounts))
        reasons = _reasons(coming, self._decide(known, coming, unseen), strict=strict)
        newcomers.remember(known, reasons)
        return many

    def _decided(self, known: Gathered, of: tuple[object, ...], *, strict: bool) -> Decisions:
        now = clock.now()
        if self._plan is None or self._made is None or now - self._made >= AGAIN or of != self._of:
            self._plan, self._made, self._of = solve(known.situation), now, of
        named = {(each.name, each.accounts): each for each in known.situation.windows}
        bound = [named[each.name, each.accounts] for each in self._plan.windows]
        second = known.situation.now
        self._keep = kept_back(self._plan, bound, second)
        self._spare = _spare(known, self._plan, self._keep)
        waiting = known.situation.waiting
        if strict:
            waiting = in_the_hour(waiting, second)  # nobody loses their place by having waited
        return self._decide(known, waiting, other.ways(known))

    def _decide(self, known: Gathered, waiting: Waiting, ways: Ways) -> Decisions:
        if self._plan is None:
            raise RuntimeError("decided before it was planned")
        since = known.went_since(self._plan.made)
        return decide(
            self._plan,
            self._keep,
            waiting,
            known.left(),
            known.situation.now,
            since=since,
            ways=ways,
        )


def _spare(known: Gathered, plan: Plan, keep: Floats) -> dict[int, float]:
    """What is left by account beyond what is kept from those who need it least."""
    left, kept = known.left(), keep.max(axis=1)[plan.group]
    return {
        account.pk: float(left[place] - kept[place])
        for place, account in enumerate(known.accounts)
        if np.isfinite(left[place])
    }


def _write(known: Gathered, reason: Ints, until_second: Floats) -> int:
    """Only what is new, and what is said with a time that is over."""
    changes: dict[tuple[str | None, datetime | None], list[int]] = defaultdict(list)
    now = clock.now()
    kept = np.array([bool(why) for why in known.kept_back], dtype=np.bool_)
    for place in np.flatnonzero((reason >= 0) | kept).tolist():
        why: str | None = REASONS[reason[place]] if reason[place] >= 0 else None
        until = known.kept_until[place]
        if (why or "") != known.kept_back[place] or (until is not None and until <= now):
            until = _rounded(known.day.moment(float(until_second[place]))) if why else None
            changes[why, until].append(int(known.conversations[place]))
    with transaction.atomic():
        for (why, until), numbers in changes.items():
            for at in range(0, len(numbers), _ROWS):
                some = Conversation.objects.filter(pk__in=numbers[at : at + _ROWS], holder=None)
                some.update(kept_back=why, kept_until=until)
        if changes:
            live.changed(live.QUEUE)
    return sum(map(len, changes.values()))


def _reasons(waiting: Waiting, decided: Decisions, *, strict: bool) -> Ints:
    """By row the number of the reason to keep it back; -1 lets it go.

    Strictly, nobody goes before an equal who came earlier and is kept back.
    """
    # Where no answer is published, a better moment is one at which fewer need it more.
    later = (decided.reason == SETTLES) & ~waiting.answered
    reason = np.where(later, NEEDIER, decided.reason)
    held = (decided.do == HOLD) & (waiting.need != Need.URGENT) & np.isin(reason, _WAITS_FOR)
    if strict:
        equal = (waiting.need, waiting.question, waiting.account)
        late = ~held & ~none_before(~held, waiting.came, equal)
        reason, held = np.where(late, NEEDIER, reason), held | late
    return np.where(held, reason, -1)


def _rounded(moment: datetime) -> datetime:
    over = timedelta(seconds=moment.timestamp() % _ROUND.total_seconds())
    return moment - over + _ROUND


def _let_all_go() -> int:
    kept = Conversation.objects.filter(kept_back__isnull=False)
    many = kept.update(kept_back=None, kept_until=None)
    if many:
        live.changed(live.QUEUE)
    return many
