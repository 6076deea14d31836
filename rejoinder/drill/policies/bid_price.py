"""The desk's own plan (`budget.plan`) on a drilled day."""

import numpy as np

from rejoinder.budget.plan.decide import ANSWER, HOLD, Decisions, decide, in_the_hour, kept_back
from rejoinder.budget.plan.publish import proposals
from rejoinder.budget.plan.situation import (
    SLICE,
    Arrivals,
    Settings,
    Shifts,
    Situation,
    Waiting,
    Window,
)
from rejoinder.budget.plan.solve import Plan, solve
from rejoinder.budget.plan.words import REASONS
from rejoinder.desk.fairness import none_before, order
from rejoinder.drill.limits import Limit
from rejoinder.drill.policies import MANY_ASK, Floats, Ints, Known, Move, Room, Turn, View
from rejoinder.drill.world import DAY_S, HOUR_S
from rejoinder.listening.read.words import NEEDS

AGAIN_S = 900.0  # between two plans
LOOK_S = 60.0  # between two looks at what is kept back


class BidPrice:
    """Plans every quarter of an hour and lets the plan decide."""

    name = "bid-price"

    def start(self, known: Known) -> None:
        self.known = known
        self.settings = Settings(worth=known.worth)
        self.usual = known.usual.reshape(-1, int(SLICE / 60)).sum(axis=1)
        self.shifts = _shifts(known)
        channels = len(known.channels)
        self.counts = np.zeros((len(self.usual), channels, len(NEEDS), 2), dtype=np.int64)
        self.counted = 0
        self.first: dict[int, float] = {}
        self.posts: list[list[float]] = [[] for _ in range(channels)]
        self.paid = 0.0
        self.plan: Plan | None = None
        self.plans_at = self.looks_at = 0.0

    def turn(self, view: View) -> Turn:
        """Publish what many ask, else the first in turn of those whom the plan lets go."""
        self._count(view)
        queue = view.queue()
        if not len(queue):
            return Turn()
        waiting = _waiting(view, queue)
        plan = self._plan(view, waiting)
        if publish := self._publish(view, plan):
            return Turn(publish)
        since = self._sent() - self.sent
        aged = waiting if self.known.mode != "strict" else in_the_hour(waiting, view.now)
        decided = decide(plan, self.keep, aged, view.left(), view.now, since=since)
        held = _held(decided, queue)
        may_go = decided.do != HOLD
        if self.known.mode == "strict":
            equal = (waiting.need, waiting.question, waiting.account)
            may_go = none_before(may_go, waiting.came, equal)
        go = np.flatnonzero(may_go)
        if not len(go):
            return Turn(held=held)
        places = queue[go]
        first = order(view.need[places], view.at[places], view.now, self.known.mode)[0]
        self._post(int(view.channel[places[first]]), view.now)
        return Turn(_move(decided, int(go[first]), int(places[first])), held)

    def _count(self, view: View) -> None:
        """Add what came since the last turn to the counts by half hour."""
        new = slice(self.counted, view.heard)
        at = (view.at[new] // SLICE).astype(np.int64)
        asks = (view.question[new] >= 0).astype(np.int64)
        np.add.at(self.counts, (at, view.channel[new], view.need[new], asks), 1)
        for place in np.flatnonzero(view.question[new] >= 0) + self.counted:
            self.first.setdefault(int(view.question[place]), float(view.at[place]))
        self.counted = view.heard

    def _plan(self, view: View, waiting: Waiting) -> Plan:
        """The plan of this quarter of an hour, and what it keeps back at this minute."""
        if self.plan is None or view.now >= self.plans_at:
            self.plan = solve(self._situation(view, waiting))
            self.plans_at, self.looks_at = view.now + AGAIN_S, view.now
            self.sent = self._sent()
        if view.now >= self.looks_at:
            now = {window.name: window for window in self._windows(view)}
            self.keep = kept_back(self.plan, [now[one.name] for one in self.plan.windows], view.now)
            self.looks_at = view.now + LOOK_S
        return self.plan

    def _publish(self, view: View, plan: Plan) -> Move | None:
        """The answer that most ask for among those worth publishing, if it has room."""
        out = np.isfinite(view.published_at) | view.being_written
        first = np.array([self.first.get(q, view.now) for q in range(len(out))])
        worth_it = proposals(plan, view.asked, first, out, view.now)
        if not worth_it.any() or view.left()[self.known.update] < 1:
            return None
        self._post(self.known.update, view.now, published=True)
        return Move("publish", int(np.where(worth_it, view.asked, -1).argmax()), MANY_ASK)

    def _post(self, channel: int, at: float, *, published: bool = False) -> None:
        self.posts[channel].append(at)
        if self.known.prices:
            self.paid += self.known.update_price if published else self.known.prices[channel]

    def _sent(self) -> Floats:
        return np.array([len(posts) for posts in self.posts], dtype=float)

    def _situation(self, view: View, waiting: Waiting) -> Situation:
        slices = int(min(view.now, DAY_S - 1) // SLICE) + 1
        return Situation(
            now=view.now,
            until=DAY_S,
            waiting=waiting,
            arrivals=Arrivals(0.0, self.counts[:slices], self.usual),
            windows=self._windows(view),
            shifts=self.shifts,
            settings=self.settings,
        )

    def _windows(self, view: View) -> tuple[Window, ...]:
        limits = tuple(
            self._window(channel, room, view.now)
            for channel in range(len(self.known.channels))
            for room in view.room(channel)
        )
        return limits if self.known.money == np.inf else (*limits, *self._money())

    def _money(self) -> tuple[Window, ...]:
        """The day's money, in replies as dear as they were so far."""
        priced = tuple(place for place, price in enumerate(self.known.prices) if price > 0)
        past = np.sort(np.concatenate([self.posts[place] for place in priced] or [[]]))
        if not priced:
            return ()
        dearest = max(self.known.prices)
        usual = self.paid / len(past) if len(past) else dearest
        left = max(0, int((self.known.money - self.paid) / max(usual, 1e-9)))
        return (Window("money", priced, len(past) + left, DAY_S, past, DAY_S, money=True),)

    def _window(self, channel: int, room: Room, now: float) -> Window:
        """A limit with the moments of our own posts; those of others count as of now."""
        begins, ends = _span(room.limit, now)
        past = np.array(self.posts[channel])
        ours = past[past > begins]
        many = room.used + room.reserved
        return Window(
            name=f"{channel} {room.limit.name}",
            accounts=(channel,),
            cap=room.cap,
            length=room.limit.window_s,
            past=np.concatenate([ours, np.full(max(0, many - len(ours)), now)])[:many],
            ends=ends,
        )


def _span(limit: Limit, now: float) -> tuple[float, float | None]:
    if limit.alignment == "sliding":
        return now - limit.window_s, None
    begins = now // limit.window_s * limit.window_s
    return begins, begins + limit.window_s


def _shifts(known: Known) -> Shifts:
    edges = {hour for one in known.shifts for hour in (one.from_h, one.to_h)}
    at = sorted({0.0, *edges})
    on = [sum(one.advisors for one in known.shifts if one.from_h <= h < one.to_h) for h in at]
    return Shifts(np.array(at) * HOUR_S, np.array(on, dtype=float))


def _waiting(view: View, queue: Ints) -> Waiting:
    question = view.question[queue]
    return Waiting(
        came=view.at[queue],
        need=view.need[queue],
        account=view.channel[queue],
        question=question,
        answered=(question >= 0) & np.isfinite(np.append(view.published_at, np.inf)[question]),
    )


def _held(decided: Decisions, queue: Ints) -> dict[str, Ints]:
    held = decided.do == HOLD
    return {
        REASONS[reason]: queue[held & (decided.reason == reason)]
        for reason in np.flatnonzero(np.bincount(decided.reason[held]))
    }


def _move(decided: Decisions, row: int, place: int) -> Move:
    reason = REASONS[decided.reason[row]]
    return Move("answer" if decided.do[row] == ANSWER else "point", place, reason)
