"""Eight processes that take all the room there is, some of them killed, before a platform's clock.

Made-up time: one clock that all processes push on, off which each process's own clock is by a skew.
A post reaches the platform at some moment between being granted and, at worst, `LATE` after its
attempt was written down; `SKEW` on both sides and `LATE` together are the guard. What is checked is
what arrived, at the platform's clock, after everything ended.
"""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from random import Random
from unittest.mock import patch

import numpy as np
from django.db import connections
from numpy.typing import NDArray

from rejoinder.budget import actions
from rejoinder.budget.models import LimitRule, Reservation
from rejoinder.budget.rules import holder
from rejoinder.budget.window import GUARD
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock

PROCESSES = 8
BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SKEW, LATE = 0.45, 1.05  # seconds; 2 * SKEW + LATE is just under GUARD
LONGEST = 30.0  # seconds that an attempt takes
LEASE = 180.0  # seconds after which an attempt of a dead process is given up as spent
CRASHES = 0.004  # of all grants
UNSTARTED = timedelta(minutes=2)  # room kept by a process that died before it began

FORK = get_context("fork")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """What the platform counted: windows looked at, those over their cap, those just full."""

    windows: int
    over: int
    full: int
    posts: int
    killed: int


@dataclass(frozen=True, slots=True)
class Day:
    """What the processes share: the true time in seconds, and how many posts were granted."""

    time: "Synchronized[float]"
    posts: "Synchronized[int]"
    goal: int
    step: float
    folder: Path

    def moves(self, by: float) -> float:
        """Push the clock on; the time now."""
        with self.time.get_lock():
            self.time.value += by
            return self.time.value

    def goes_on(self) -> bool:
        return self.posts.value < self.goal


def crowd(folder: Path, accounts: int, limits: int, posts: int, seed: int = 1) -> Found:
    """Let them take at least so many posts; `limits` of random lengths and caps on each account."""
    random = Random(seed)
    rows = [_account(f"{seed}/{number}", limits, random) for number in range(accounts)]
    step = 20.0 / accounts
    day = Day(FORK.Value("d", 0.0), FORK.Value("i", 0), posts, step, folder)
    killed = _run(day, [row.pk for row in rows], random)
    return _counted(day, rows, killed)


def _account(name: str, limits: int, random: Random) -> Account:
    account = Account.objects.create(
        channel="pretend", external_id=name, handle=name, connected_at=BEGINNING
    )
    for place in range(limits):
        seconds = random.choice([60, 90, 120, 300, 450, 600, 900, 1800])
        # About a post in 20 to 40 seconds, so that now one limit binds and now another.
        cap = max(1, round(seconds / random.uniform(20, 40)))
        LimitRule.objects.create(
            holder=holder(account, "account"),
            name=f"limit {place}",
            unit="posts",
            cap=cap,
            cost=1,
            window=timedelta(seconds=seconds),
            fixed=random.random() < 0.3,
            offset=timedelta(seconds=random.randrange(3600)),
            made_at=BEGINNING,
        )
    return account


def _run(day: Day, accounts: Sequence[int], random: Random) -> int:
    """Keep eight of them running, and give up for the dead; how many died."""
    running = [_born(day, accounts, random) for _ in range(PROCESSES)]
    killed = 0
    while day.goes_on():
        for place, process in enumerate(running):
            process.join(0.02)
            if process.exitcode is not None and day.goes_on():
                killed += process.exitcode != 0
                running[place] = _born(day, accounts, random)
        _give_up(day)
    for process in running:
        process.join()
    return killed


def _born(day: Day, accounts: Sequence[int], random: Random) -> ForkProcess:
    connections.close_all()
    process = FORK.Process(target=_work, args=(day, accounts, random.randrange(2**32)))
    process.start()
    return process


def _give_up(day: Day) -> None:
    """As the desk does: room nobody began with ends, an attempt of the dead is spent."""
    with _clock(day):
        actions.expire()
        dead = Reservation.objects.filter(started_at__lt=clock.now() - timedelta(seconds=LEASE))
        for number in list(dead.values_list("pk", flat=True)):
            actions.spend(number)


def _work(day: Day, accounts: Sequence[int], seed: int) -> None:
    """One process: grants, attempts that take a while, and now and then its death."""
    random = Random(seed)
    rows = list(Account.objects.filter(pk__in=accounts))
    skew = random.uniform(-SKEW, SKEW)
    under_way: list[tuple[float, int]] = []
    with _clock(day, skew), (day.folder / f"{seed}.posts").open("w", buffering=1) as posts:
        while day.goes_on():
            under_way = _spent(under_way, day.moves(random.expovariate(1 / day.step)))
            account = random.choice(rows)
            kept = actions.reserve(account, None, clock.now() + UNSTARTED)
            if kept is None:
                continue
            _may_die(random)
            if not actions.start(kept.pk, ""):
                continue
            _may_die(random)
            begins = day.time.value
            ends = begins + random.uniform(0, LONGEST)
            arrives = random.choice([begins, ends + LATE, random.uniform(begins, ends + LATE)])
            posts.write(f"{account.pk} {arrives!r}\n")
            with day.posts.get_lock():
                day.posts.value += 1
            _may_die(random)
            under_way.append((ends, kept.pk))


def _spent(under_way: list[tuple[float, int]], now: float) -> list[tuple[float, int]]:
    for _, number in (one for one in under_way if one[0] <= now):
        actions.spend(number)
    return [one for one in under_way if one[0] > now]


def _may_die(random: Random) -> None:
    if random.random() < CRASHES / 3:
        os._exit(9)


def _clock(day: Day, skew: float = 0.0) -> AbstractContextManager[object]:
    """It runs while the database is asked, as a real one does: others push it on."""
    return patch.object(clock, "now", lambda: _moment(day.time.value + skew))


def _moment(seconds: float) -> datetime:
    return BEGINNING + timedelta(seconds=seconds)


def _counted(day: Day, accounts: list[Account], killed: int) -> Found:
    arrived: dict[int, list[float]] = {account.pk: [] for account in accounts}
    for file in day.folder.glob("*.posts"):
        for line in file.read_text().splitlines():
            number, at = line.split()
            arrived[int(number)].append(float(at))
    windows = over = full = 0
    for account in accounts:
        moments = np.sort(np.array(arrived[account.pk]))
        for rule in LimitRule.objects.filter(holder=holder(account, "account")):
            inside = _inside(moments, rule)
            windows += len(inside)
            over += int(np.count_nonzero(inside > rule.cap))
            full += int(np.count_nonzero(inside == rule.cap))
    posts = sum(len(moments) for moments in arrived.values())
    return Found(windows, over, full, posts, killed)


def _inside(moments: Floats, rule: LimitRule) -> NDArray[np.int64]:
    """How many posts each window holds: a sliding one ends at each post, a fixed one at its end."""
    length = rule.window.total_seconds()
    if rule.fixed:
        begun = BEGINNING.timestamp() - rule.offset.total_seconds()
        _, counts = np.unique((moments + begun) // length, return_counts=True)
        return counts.astype(np.int64)
    first = np.searchsorted(moments, moments - length, side="right")
    last = np.searchsorted(moments, moments, side="right")
    return (last - first).astype(np.int64)


assert timedelta(seconds=2 * SKEW + LATE) < GUARD
