"""Many processes that take all the room there is, forked from this one.

`python -m tests.budget.hammer PROCESSES [KILL_AFTER]` prints what became of the limit as JSON.
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta

import django

CAP = 500


def prepare() -> None:
    from rejoinder.budget.models import Allowance, LimitRule
    from rejoinder.budget.rules import holder
    from rejoinder.budget.window import GUARD
    from rejoinder.channels.models import Account
    from rejoinder.plumbing import clock

    account = Account.objects.create(
        channel="notebook", external_id="brand", handle="@brand", connected_at=clock.now()
    )
    whose = holder(account, "account")
    Allowance.objects.create(holder=whose, unit="posts", guard=GUARD)
    for name, hours in {"hour": 1, "day": 24}.items():
        LimitRule.objects.create(
            holder=whose,
            name=name,
            unit="posts",
            cap=CAP,
            cost=1,
            window=timedelta(hours=hours),
            offset=timedelta(0),
            made_at=clock.now(),
        )


def take() -> int:
    """Reserve and spend until there is no room; how many this process was given."""
    from rejoinder.budget import actions
    from rejoinder.channels.models import Account

    account = Account.objects.get()
    had = 0
    while reservation := actions.reserve(account, None, None):
        actions.start(reservation.pk)
        actions.spend(reservation.pk)
        had += 1
    return had


def fork(processes: int) -> list[int]:
    """That many children, each taking what it gets."""
    from django.db import connections

    connections.close_all()
    children = []
    for _ in range(processes):
        child = os.fork()
        if child == 0:
            take()
            os._exit(0)
        children.append(child)
    return children


def state() -> dict[str, object]:
    from rejoinder.budget.models import Allowance, Reservation, Spend

    allowance = Allowance.objects.get()
    return {
        "spent": allowance.spent,
        "reserved": allowance.reserved,
        "open": Reservation.objects.count(),
        "totals": sorted(Spend.objects.values_list("total", flat=True)),
    }


def main(processes: int, kill_after: int) -> None:
    from rejoinder.budget.models import Spend

    prepare()
    children = fork(processes)
    while kill_after and Spend.objects.count() < kill_after:
        time.sleep(0.01)
    for child in children:
        if kill_after:
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    then = state()
    print(json.dumps({"then": then, "more": take(), "now": state()}))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
