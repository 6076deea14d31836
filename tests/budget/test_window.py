"""The pure part: what a platform counts at arrival never passes its cap."""

import random
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.budget import amount
from rejoinder.budget.window import Ledger, Window, boundary, ceiling, start, when

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GUARD = timedelta(seconds=2)

seconds = st.integers(0, 4000).map(lambda s: timedelta(seconds=s))
windows = st.builds(
    Window,
    cap=st.integers(1, 12),
    length=st.sampled_from([60, 300, 900, 3600]).map(lambda s: timedelta(seconds=s)),
    fixed=st.booleans(),
    offset=st.integers(0, 3600).map(lambda s: timedelta(seconds=s)),
)
sliding = st.builds(
    Window,
    cap=st.integers(1, 12),
    length=st.integers(1, 900).map(lambda s: timedelta(seconds=s)),
)


class Desk:
    """Spends as the actions keep them: moments and growing totals, and what is reserved."""

    def __init__(self, rules: list[Window], guard: timedelta) -> None:
        self.rules, self.guard = rules, guard
        self.past: list[tuple[datetime, int]] = []
        self.spent = self.reserved = 0

    def before(self, at: datetime) -> int:
        """The total of all spends before a moment."""
        place = bisect_left(self.past, (at,))
        return self.past[place - 1][1] if place else 0

    def reserve(self, now: datetime, cost: int) -> bool:
        top = ceiling((w.cap, self.before(boundary(w, now, self.guard))) for w in self.rules)
        if self.spent + self.reserved + cost > top:
            return False
        self.reserved += cost
        return True

    def spend(self, now: datetime, cost: int) -> None:
        self.reserved -= cost
        self.spent += cost
        self.past.append((now, self.spent))

    def ledgers(self, cost: int) -> list[Ledger]:
        return [Ledger(w, cost, self.spent, self.reserved, self.past) for w in self.rules]


def seen_at_most_the_cap(window: Window, arrivals: list[tuple[datetime, int]]) -> bool:
    """What the platform counts: in its aligned windows, or in every window that ends at a post."""
    for at, _ in arrivals:
        first = start(window, at) if window.fixed else at - window.length
        last = first + window.length
        if window.fixed:
            inside = sum(cost for moment, cost in arrivals if first <= moment < last)
        else:
            inside = sum(cost for moment, cost in arrivals if first < moment <= last)
        if inside > window.cap:
            return False
    return True


@settings(max_examples=400, deadline=None)
@given(rules=st.lists(windows, min_size=1, max_size=3), seed=st.integers(0, 2**32))
def test_no_platform_ever_counts_more_than_its_cap(rules: list[Window], seed: int) -> None:
    """Attempts last up to a minute; the platform sees each between its start and, at worst,
    the guard after its end; its clock may differ from ours by what the guard has left.
    """
    chance = random.Random(seed)
    desk, now = Desk(rules, GUARD), MONDAY + timedelta(seconds=chance.uniform(0, 3600))
    skew = timedelta(seconds=chance.uniform(-1, 1))
    late = GUARD - abs(skew)
    open_ones: list[tuple[datetime, datetime, int]] = []  # ends, granted, cost
    arrivals: list[tuple[datetime, int]] = []
    for _ in range(120):
        now += timedelta(seconds=chance.expovariate(1 / 15))
        for ends, granted, cost in sorted(one for one in open_ones if one[0] <= now):
            open_ones.remove((ends, granted, cost))
            desk.spend(ends, cost)
            arrives = granted + (ends + late - granted) * chance.choice([0, 1, chance.random()])
            arrivals.append((arrives + skew, cost))
        cost = chance.choice([1, 1, 2])
        if desk.reserve(now, cost):
            open_ones.append((now + timedelta(seconds=chance.uniform(0, 60)), now, cost))
    assert all(seen_at_most_the_cap(window, sorted(arrivals)) for window in rules)


@settings(max_examples=300, deadline=None)
@given(rules=st.lists(sliding, min_size=1, max_size=3), gaps=st.lists(seconds, max_size=80))
def test_for_unit_costs_it_is_the_rule_of_the_oldest(
    rules: list[Window], gaps: list[timedelta]
) -> None:
    """Grant n+1 only if, for every (N, W), grant n+1-N is older than W (and the guard)."""
    desk, now, grants = Desk(rules, GUARD), MONDAY, list[datetime]()
    for gap in gaps:
        now += gap / 20
        by_oldest = all(
            len(grants) < rule.cap or now - grants[-rule.cap] > rule.length + GUARD
            for rule in rules
        )
        granted = desk.reserve(now, 1)
        assert granted == by_oldest
        if granted:
            desk.spend(now, 1)
            grants.append(now)


@settings(max_examples=300, deadline=None)
@given(
    rules=st.lists(windows, min_size=1, max_size=3),
    gaps=st.lists(seconds, max_size=40),
    number=st.integers(1, 30),
    keeps=st.booleans(),
)
def test_the_forecast_is_the_first_moment_that_is_granted(
    rules: list[Window], gaps: list[timedelta], number: int, keeps: bool
) -> None:
    desk, now = Desk(rules, GUARD), MONDAY
    for gap in gaps:
        now += gap / 10
        if desk.reserve(now, 1):
            desk.spend(now, 1)
    held = keeps and desk.reserve(now, 1)
    forecasts = [when(each, now, GUARD, desk.ledgers(1)) for each in range(1, number + 1)]
    if held:
        desk.spend(now, 1)
    for forecast in forecasts:
        assert forecast is not None
        early = forecast - timedelta(microseconds=1)
        if forecast > now:
            assert not desk.reserve(early, 1)
        assert desk.reserve(forecast, 1)
        desk.spend(forecast, 1)
    assert all(first <= second for first, second in pairwise(f for f in forecasts if f))


def test_a_limit_smaller_than_one_reply_never_frees() -> None:
    window = Window(cap=2, length=timedelta(hours=1))
    assert when(1, MONDAY, GUARD, [Ledger(window, cost=3, spent=0, reserved=0)]) is None


def test_without_limits_a_reply_goes_now() -> None:
    assert when(7, MONDAY, GUARD, []) == MONDAY


def test_a_fixed_window_is_open_only_when_it_is_on_both_clocks() -> None:
    hour = Window(cap=1, length=timedelta(hours=1), fixed=True)
    desk = Desk([hour], GUARD)
    assert desk.reserve(MONDAY - timedelta(minutes=5), 1)
    desk.spend(MONDAY - timedelta(minutes=5), 1)
    assert not desk.reserve(MONDAY + timedelta(seconds=1), 1)
    assert desk.reserve(MONDAY + GUARD, 1)


def test_windows_start_at_multiples_of_their_length_and_their_offset() -> None:
    day = Window(cap=1, length=timedelta(days=1), fixed=True, offset=timedelta(hours=8))
    assert start(day, MONDAY) == MONDAY.replace(hour=8)
    assert start(day, MONDAY.replace(hour=7)) == MONDAY.replace(day=1, hour=8)


@given(value=st.floats(0, 1e6, allow_nan=False))
def test_costs_are_never_under_and_caps_never_over_what_was_said(value: float) -> None:
    assert amount.cost(value) >= amount.cap(value)
    assert abs(amount.cost(value) - value * amount.WHOLE) <= 1
    assert abs(amount.cap(value) - value * amount.WHOLE) <= 1


def test_prices_are_whole() -> None:
    assert amount.cost(0.015) == amount.cap(0.015) == 15_000
    assert amount.shown(amount.cost(0.2)) == 0.2
