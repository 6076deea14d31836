"""Every schedule of a tiny day, tried one by one: none is worth more than hindsight says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.drill.day import Day
from rejoinder.drill.hindsight import bound
from rejoinder.drill.limits import Limit
from rejoinder.drill.world import Question, Shift, World
from tests.drill.hindsight.stage import COMMON, SPECIFIC, URGENT, of, small


@dataclass
class Desk:
    """One order of doing things, each as early as it can be done."""

    world: World
    day: Day
    free: list[float]
    posted: list[float]
    out_at: float = np.inf
    worth: float = 0.0
    helped: frozenset[int] = frozenset()

    def after(self, what: int) -> "Desk | None":
        """With one thing more: a mention answered, or the public answer (-1); None: impossible."""
        day = self.day
        if what < 0:
            asked = day.at[day.question >= 0].min(initial=np.inf)
            begins, until, takes = asked, 86_400.0, self.world.writing_s
        else:
            begins, until = day.at[what], day.at[what] + day.patience_s[what]
            takes = day.handling_s[what]
            if day.question[what] >= 0 and np.isfinite(self.out_at):
                begins, takes = max(begins, self.out_at), day.pointer_s[what]
        advisor = int(np.argmin(self.free))
        begins = max(begins, self.free[advisor])
        begins = self._with_room(begins, takes) if begins <= until else begins
        if begins > until or begins >= 86_400:
            return None
        done = begins + takes
        free = [done if n == advisor else at for n, at in enumerate(self.free)]
        desk = replace(self, free=free, posted=[*self.posted, done])
        if what < 0:
            return replace(desk, out_at=done)
        gained = self._gained(what, done)
        return replace(desk, worth=self.worth + gained, helped=self.helped | {what})

    def _with_room(self, begins: float, takes: float) -> float:
        """Whether the post fits the only limit; else when it does."""
        (rule,) = self.world.rules()
        while True:
            done = begins + takes
            since = done - rule.window_s
            if rule.alignment == "fixed":
                since = done // rule.window_s * rule.window_s
            counted = sorted(post for post in self.posted if since <= post <= done)
            later = [post for post in self.posted if post > done]
            if len(counted) + len(later) < rule.cap:
                return begins
            if not counted or not rule.cap:
                return np.inf
            begins += counted[0] + rule.window_s - done + 1e-3

    def _gained(self, what: int, done: float) -> float:
        worth = self.world.worth()[int(self.day.need[what])]
        return worth if done - self.day.at[what] <= 3_600 else worth / 2

    def total(self) -> float:
        """With those who saw the public answer by themselves."""
        day, total = self.day, self.worth
        for mention in set(range(len(day))) - self.helped:
            at = max(day.at[mention], self.out_at) + day.sees_after_s[mention]
            seen = day.sees[mention] and at <= day.at[mention] + day.patience_s[mention]
            total += self._gained(mention, at) if seen else 0.0
        return total


def schedules(desk: Desk, left: frozenset[int]) -> Iterator[Desk]:
    """Every order of some of what is left."""
    yield desk
    for what in left:
        if (then := desk.after(what)) is not None:
            yield from schedules(then, left - {what})


moments = st.integers(0, 7_000).map(lambda s: 80_000.0 + s)
mentions = st.tuples(
    moments,
    st.sampled_from([URGENT, SPECIFIC, COMMON]),
    st.integers(1, 6_000),
    st.integers(1, 4_000),
)


@st.composite
def tiny(draw: st.DrawFn) -> tuple[World, Day]:
    """A late hour with up to four mentions, one question among them, one limit, few advisors."""
    chosen = sorted(draw(st.lists(mentions, min_size=1, max_size=4)))
    chosen = [one for one in chosen if one[0] < 86_400] or [(80_000.0, URGENT, 60, 60)]
    day = of(*chosen)
    flags = st.lists(st.booleans(), min_size=len(chosen), max_size=len(chosen))
    asks = np.array(draw(flags))
    question = np.where(asks & (day.need == COMMON), 0, -1)
    day = replace(
        day,
        question=question,
        seen_question=question,
        sees=np.array(draw(flags)) & (question >= 0),
        sees_after_s=np.full(len(chosen), draw(st.integers(0, 3_000)) * 1.0),
    )
    limit = Limit(
        "x",
        "some",
        draw(st.integers(0, 4)),
        draw(st.sampled_from([900.0, 2_000.0, 5_000.0, 86_400.0])),
        draw(st.sampled_from(["sliding", "fixed"])),
    )
    world = small(
        limits=(limit,),
        shifts=(Shift(from_h=0, to_h=24, advisors=draw(st.integers(1, 2))),),
        questions=(Question(begins_h=0, weight=1),),
        writing_s=draw(st.sampled_from([60.0, 720.0])),
    )
    return world, day


@given(given_=tiny())
@settings(max_examples=120, deadline=None)
def test_no_schedule_of_a_tiny_day_is_worth_more(given_: tuple[World, Day]) -> None:
    world, day = given_
    desk = Desk(world, day, [0.0] * world.shifts[0].advisors, [])
    every = schedules(desk, frozenset(range(-1, len(day))))
    best = max(one.total() for one in every)
    assert best <= bound(world, day)
