"""What the desk knows now, as the plan takes it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import OuterRef, QuerySet, Subquery

from rejoinder.answers import editions
from rejoinder.budget.plan.situation import Floats, Ints, Shifts, Situation, Waiting
from rejoinder.budget.usage import windows
from rejoinder.channels.models import Account
from rejoinder.desk.models import Assignment, PlanSettings
from rejoinder.desk.plan.arrivals import arrivals
from rejoinder.desk.plan.day import Day, day
from rejoinder.desk.plan.settings import as_settings
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock

MOST = 200_000  # people who wait, the first in turn: nobody behind them has a turn today
LATELY = timedelta(minutes=30)  # whoever took one since then is on duty


@dataclass(frozen=True, slots=True)
class Gathered:
    """A situation with the rows it is made of: accounts by number, conversations by row, why each
    is kept back so far (empty: it is not), and until when that was said.
    """

    day: Day
    accounts: Sequence[Account]
    conversations: Ints
    kept_back: Sequence[str]
    kept_until: Sequence[datetime | None]
    situation: Situation

    def left(self, *, money: bool = True) -> Floats:
        """Replies that may be reserved now, by account; infinite where there is no limit.

        Without `money` as if they cost nothing.
        """
        left = np.full(len(self.accounts), np.inf)
        for window in self.situation.windows:
            for account in window.accounts if money or not window.money else ():
                left[account] = min(left[account], window.cap - len(window.past))
        return left.clip(0)

    def went_since(self, second: float) -> Floats:
        """Replies reserved or gone since a second of the day, by account."""
        went = np.zeros(len(self.accounts))
        for window in self.situation.windows:
            many = float((window.past >= second).sum())
            for account in window.accounts:
                went[account] = max(went[account], many)
        return went


def gather(settings: PlanSettings) -> Gathered:
    """Everything, read now."""
    now = clock.now()
    today = day(now)
    accounts = list(Account.objects.filter(disconnected_at=None).order_by("id"))
    numbers = [account.pk for account in accounts]
    rows = list(_waiting(numbers).values_list(*_COLUMNS)[:MOST])
    situation = Situation(
        now=today.second(now),
        until=today.until,
        waiting=_as_arrays(rows, numbers, today),
        arrivals=arrivals(numbers, today, now),
        windows=windows(accounts, now, today.begins),
        shifts=_shifts(settings, today, now),
        settings=as_settings(settings),
    )
    return Gathered(
        day=today,
        accounts=accounts,
        conversations=np.array([row[0] for row in rows], dtype=np.int64),
        kept_back=[row[4] or "" for row in rows],
        kept_until=[row[5] for row in rows],
        situation=situation,
    )


_COLUMNS = (
    "pk",
    "need",
    "waiting_since",
    "account_id",
    "kept_back",
    "kept_until",
    "question",
)


def _waiting(accounts: Sequence[int]) -> QuerySet[Conversation]:
    last = Mention.objects.filter(pk=OuterRef("last_mention_id"))
    rows = Conversation.objects.filter(
        waiting_since__isnull=False, holder=None, account__in=accounts
    )
    return rows.annotate(question=Subquery(last.values("question_id")[:1])).order_by(
        "need", "waiting_since", "id"
    )


def _as_arrays(rows: Sequence[tuple[Any, ...]], accounts: Sequence[int], today: Day) -> Waiting:
    places = {account: place for place, account in enumerate(accounts)}
    question = np.array([-1 if row[6] is None else row[6] for row in rows], dtype=np.int64)
    return Waiting(
        came=np.array([today.second(row[2]) for row in rows], dtype=np.float64),
        need=np.array([row[1] for row in rows], dtype=np.int64),
        account=np.array([places[row[3]] for row in rows], dtype=np.int64),
        question=question,
        answered=np.isin(question, list(editions.answered())),
    )


def _shifts(settings: PlanSettings, today: Day, now: datetime) -> Shifts:
    """As a lead set them by hour, else as many as were seen lately."""
    if settings.advisors is not None:
        hours = np.arange(int(today.until // 3600) + 1)
        on_duty = np.array(settings.advisors, dtype=np.float64)
        return Shifts(hours.astype(np.float64) * 3600.0, on_duty[hours % 24])
    lately = Assignment.objects.filter(at__gte=now - LATELY)
    many = lately.values("advisor").distinct().count()
    return Shifts(np.zeros(1), np.full(1, max(1.0, many)))
