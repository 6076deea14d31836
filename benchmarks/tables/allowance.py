"""A decision about room with few and with many spends on record."""

import time
from datetime import timedelta
from statistics import median

from django.db import connection, transaction

from benchmarks.table import Rows, row
from rejoinder.budget import actions
from rejoinder.budget.models import Allowance, LimitRule, Spend
from rejoinder.budget.rules import holder
from rejoinder.budget.window import GUARD
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock

FEW, MANY = 500, 20_000
DECISIONS = 400
WINDOWS = {"quarter": 15, "hour": 60, "day": 24 * 60}


def run() -> Rows:
    """Both are asked in turn, so that what else the machine does falls on both."""
    few, many = _account("few", FEW), _account("many", MANY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    times: dict[str, list[float]] = {"few": [], "many": []}
    for _ in range(DECISIONS):
        for account in (few, many):
            times[account.handle].append(_decide(account))
    fast, slow = median(times["few"]), median(times["many"])
    return [
        row(
            f"allowance decision, {MANY:,} spends ÷ {FEW:,}",
            slow / fast,
            at_most=1.2,
            detail=f"p50 {slow * 1e3:.2f} ms against {fast * 1e3:.2f} ms, {len(WINDOWS)} windows",
        )
    ]


def _account(handle: str, spends: int) -> Account:
    """With so many spends in the last day, and room for more."""
    account = Account.objects.create(
        channel="pretend", external_id=handle, handle=handle, connected_at=clock.now()
    )
    whose = holder(account, "account")
    allowance = Allowance.objects.create(holder=whose, unit="posts", spent=spends, guard=GUARD)
    for name, minutes in WINDOWS.items():
        LimitRule.objects.create(
            holder=whose,
            name=name,
            unit="posts",
            cap=10 * MANY,
            cost=1,
            window=timedelta(minutes=minutes),
            offset=timedelta(0),
            made_at=clock.now(),
        )
    step = timedelta(days=1) / spends
    Spend.objects.bulk_create(
        (
            Spend(allowance=allowance, at=clock.now() - step * (spends - i), cost=1, total=i)
            for i in range(1, spends + 1)
        ),
        batch_size=5000,
    )
    return account


def _decide(account: Account) -> float:
    """Seconds of one decision; what it gave is taken back outside the clock."""
    with transaction.atomic():
        started = time.perf_counter()
        kept = actions.reserve(account, None, None)
        took = time.perf_counter() - started
        assert kept is not None
        transaction.set_rollback(True)
    return took
