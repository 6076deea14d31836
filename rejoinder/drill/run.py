"""A policy plays one day, event by event. Pure: the same day and policy give the same record."""

import heapq
from collections.abc import Callable
from typing import Literal

import numpy as np

from rejoinder.drill.day import Day
from rejoinder.drill.desk import Desk
from rejoinder.drill.played import NOT_ASKED, PUBLIC, Played, Post
from rejoinder.drill.policies import Known, Mode, Policy
from rejoinder.drill.surges import usual_a_minute
from rejoinder.drill.world import DAY_S, HOUR_S, World

LOOK_AGAIN_S = 300.0  # an idle desk asks its policy at least this often
SOON_S = 0.01  # a window is empty just after its end, not at it

Kind = Literal["arrive", "leave", "see", "again", "shift", "done", "cut", "other", "shown", "wake"]
Progress = Callable[[float], None]


def run(
    world: World,
    day: Day,
    policy: Policy,
    mode: Mode = "within-the-hour",
    progress: Progress = lambda at: None,
) -> Played:
    """Play a day of a world. `progress` hears the time of each full hour."""
    desk = Desk(world, day)
    policy.start(_known(world, desk.spending.update, mode))
    return _Run(world, day, desk, policy, progress).play()


def _known(world: World, update: int, mode: Mode) -> Known:
    return Known(
        channels=tuple(world.places()),
        limits=world.rules(),
        shifts=world.shifts,
        usual=usual_a_minute(world),
        worth=np.array(world.worth()),
        update=update,
        writing_s=world.writing_s,
        mode=mode,
        prices=tuple(channel.price for channel in world.channels),
        update_price=world.update_price,
        money=np.inf if world.money_a_day is None else world.money_a_day,
    )


class _Run:
    """What happens next, and what it does to the desk."""

    def __init__(
        self, world: World, day: Day, desk: Desk, policy: Policy, progress: Progress
    ) -> None:
        self.world, self.day, self.desk = world, day, desk
        self.policy, self.progress = policy, progress
        self.events: list[tuple[float, int, Kind, int]] = []
        self.number = 0
        self.wakes_at = 0.0
        self.does: dict[Kind, Callable[[int], None]] = {
            "arrive": self._arrive,
            "leave": desk.give_up,
            "see": self._see,
            "again": desk.write_again,
            "shift": self._shift,
            "done": self._done,
            "cut": self._cut,
            "other": self._other,
            "shown": self._shown,
            "wake": lambda _: None,
        }

    def play(self) -> Played:
        self._begin()
        while self.events:
            now, _, kind, what = heapq.heappop(self.events)
            self.desk.turn_to(now)
            self.does[kind](what)
            if now < DAY_S:
                self._dispatch()
        return self.desk.played()

    def _begin(self) -> None:
        """Everything that comes whatever the desk does."""
        edges = {edge for one in self.world.shifts for edge in (one.from_h, one.to_h)}
        for hour in sorted({*range(24), *edges} - {24}):
            self._push(hour * HOUR_S, "shift", int(hour % 1 == 0))
        for mention, at in enumerate(self.day.at.tolist()):
            self._push(at, "arrive", mention)
        for number, cut in enumerate(self.world.cuts):
            self._push(cut.at_h * HOUR_S, "cut", number)
        for number, at in enumerate(self.day.other_at.tolist()):
            self._push(at, "other", number)

    def _push(self, at: float, kind: Kind, what: int) -> None:
        self.number += 1
        heapq.heappush(self.events, (float(at), self.number, kind, what))

    def _arrive(self, mention: int) -> None:
        day, now = self.day, self.desk.now
        question = int(day.question[mention])
        published = question >= 0 and self.desk.sight.published_at[question] <= now
        if published and day.deflected[mention]:
            self.desk.help(mention, NOT_ASKED)
            return
        self.desk.hear(mention)
        leaves_at = now + day.patience_s[mention]
        self._push(leaves_at, "leave", mention)
        if published and day.sees[mention]:
            self._push(now + day.sees_after_s[mention], "see", mention)
        if day.repeats_at[mention] < min(leaves_at, DAY_S):
            self._push(day.repeats_at[mention], "again", mention)

    def _see(self, mention: int) -> None:
        if self.desk.waits(mention):
            self.desk.help(mention, PUBLIC)
            self.desk.leave(mention, "saw-the-answer")

    def _shift(self, full_hour: int) -> None:
        self.desk.sight.on_duty = self.world.on_duty(self.desk.now)
        if full_hour:
            self.progress(self.desk.now)

    def _done(self, work: int) -> None:
        """An advisor has written. Who still waits may see what was published."""
        question = self.desk.finish(work)
        if question is not None:
            for mention in self.desk.who_asks(question):
                if self.day.sees[mention]:
                    self._push(self.desk.now + self.day.sees_after_s[mention], "see", mention)

    def _cut(self, number: int) -> None:
        cut = self.world.cuts[number]
        self.desk.spending.accounts[self.world.places()[cut.account]].cut(cut)

    def _other(self, number: int) -> None:
        """Another client posts; our timeline shows it later."""
        account = int(self.day.other_account[number])
        accepted = self.desk.spending.accounts[account].by_other(self.desk.now)
        self.desk.record.posts.append(Post(self.desk.now, account, -1, "other", 1, 0.0, accepted))
        if accepted:
            self._push(self.day.other_seen_at[number], "shown", number)

    def _shown(self, number: int) -> None:
        account = int(self.day.other_account[number])
        self.desk.spending.accounts[account].see_other(float(self.day.other_at[number]))

    def _dispatch(self) -> None:
        """Ask the policy until every advisor is busy or it has no move."""
        while self.desk.has_free():
            turn = self.policy.turn(self.desk.sight)
            for reason, places in turn.held.items():
                self.desk.hold(reason, places)
            if turn.move is None:
                self._wake_later()
                return
            lasts = self.desk.begin(turn.move, self.number + 1, self.policy.name)
            self._push(self.desk.now + lasts, "done", self.number + 1)

    def _wake_later(self) -> None:
        """Nothing to do now: look again when an account may have room, or after a while."""
        now = self.desk.now
        frees = (free for free in self.desk.full() if free > now)
        at = min([now + LOOK_AGAIN_S, *frees]) + SOON_S
        if self.wakes_at <= now and at < DAY_S and len(self.desk.sight.queue()):
            self.wakes_at = at
            self._push(at, "wake", -1)
