"""A policy plays one day, event by event. Pure: the same day and policy give the same record."""

import heapq
from collections.abc import Callable
from typing import Literal

import numpy as np

from rejoinder.drill.account import Account, accounts_of
from rejoinder.drill.day import Day
from rejoinder.drill.played import (
    NOBODY,
    NOT_ASKED,
    POINTER,
    PUBLIC,
    REPLY,
    Decision,
    Done,
    Played,
    Post,
    PostKind,
)
from rejoinder.drill.policies import Do, Known, Mode, Move, Policy
from rejoinder.drill.sight import Purse, Sight
from rejoinder.drill.surges import usual_a_minute
from rejoinder.drill.world import DAY_S, HOUR_S, World

LOOK_AGAIN_S = 300.0  # an idle desk asks its policy at least this often
SOON_S = 0.01  # a window is empty just after its end, not at it
SEND_DRAFT_S = 10.0  # to send a reply that was written before its account was held

Kind = Literal["arrive", "leave", "see", "again", "shift", "done", "cut", "other", "shown", "wake"]
Progress = Callable[[float], None]
WAITS, IN_HAND, HELPED, GONE = range(4)


class ImpossibleMoveError(ValueError):
    """A policy asked for what no desk can do; the message says what."""


def run(
    world: World,
    day: Day,
    policy: Policy,
    mode: Mode = "within-the-hour",
    progress: Progress = lambda at: None,
) -> Played:
    """Play a day of a world. `progress` hears the time of each full hour."""
    return _Run(world, day, policy, progress).play(mode)


class _Run:
    """The state of a day under way, and what each kind of event does to it."""

    def __init__(self, world: World, day: Day, policy: Policy, progress: Progress) -> None:
        self.world, self.day, self.policy, self.progress = world, day, policy, progress
        names = list(world.places())
        self.update = world.places()[world.update_channel]
        self.accounts: list[Account] = accounts_of(world.rules(), names, world.guard_s)
        self.purse = Purse(_prices(world, self.update), world.money_a_day)
        self.sight = Sight(day, len(world.questions), self.accounts, self.purse)
        self.state = [WAITS] * len(day)
        self.answered_at = np.full(len(day), np.inf)
        self.by = np.full(len(day), NOBODY)
        self.decisions: list[Decision] = []
        self.posts: list[Post] = []
        self.full: list[list[tuple[float, str]]] = [[] for _ in names]
        self.drafted: set[tuple[str, int]] = set()
        self.busy = 0
        self.wakes_at = 0.0
        self.reasons: dict[str, int] = {}
        self.held_for = np.full(len(day), -1)
        self.events: list[tuple[float, int, Kind, int]] = []
        self.number = 0
        self.work: dict[int, Move] = {}
        self.does: dict[Kind, Callable[[int], None]] = {
            "arrive": self._arrive,
            "leave": self._leave,
            "see": self._see,
            "again": self._again,
            "shift": self._shift,
            "done": self._done,
            "cut": self._cut,
            "other": self._other,
            "shown": self._shown,
            "wake": lambda _: None,
        }

    def play(self, mode: Mode) -> Played:
        self.policy.start(_known(self.world, self.update, mode))
        self._begin()
        while self.events:
            now, _, kind, what = heapq.heappop(self.events)
            self.sight.turn_to(now)
            self.does[kind](what)
            if now < DAY_S:
                self._dispatch()
        return Played(
            self.decisions,
            self.posts,
            self.answered_at,
            self.by,
            self.sight.published_at,
            self.full,
        )

    def _begin(self) -> None:
        """Everything that comes whatever the desk does."""
        for hour in range(24):
            self._push(hour * HOUR_S, "shift", hour)
        for edge in {edge for one in self.world.shifts for edge in (one.from_h, one.to_h)}:
            if edge < 24 and edge % 1:
                self._push(edge * HOUR_S, "shift", -1)
        for mention, at in enumerate(self.day.at.tolist()):
            self._push(at, "arrive", mention)
        for number, cut in enumerate(self.world.cuts):
            self._push(cut.at_h * HOUR_S, "cut", number)
        for number, at in enumerate(self.day.other_at.tolist()):
            self._push(at, "other", number)

    def _push(self, at: float, kind: Kind, what: int) -> None:
        self.number += 1
        heapq.heappush(self.events, (float(at), self.number, kind, what))

    # What happens.

    def _arrive(self, mention: int) -> None:
        day, now = self.day, self.sight.now
        question = int(day.question[mention])
        if day.deflected[mention] and self.sight.published_at[question] <= now:
            self.state[mention] = GONE
            self._help(mention, NOT_ASKED)
            return
        self.sight.hear(day, mention)
        leaves_at = now + day.patience_s[mention]
        self._push(leaves_at, "leave", mention)
        if question >= 0 and day.sees[mention] and self.sight.published_at[question] <= now:
            self._push(now + day.sees_after_s[mention], "see", mention)
        if day.repeats_at[mention] < min(leaves_at, DAY_S):
            self._push(day.repeats_at[mention], "again", mention)

    def _leave(self, mention: int) -> None:
        if self.state[mention] == WAITS:
            self._go(mention, "gave-up")

    def _see(self, mention: int) -> None:
        if self.state[mention] == WAITS:
            self._help(mention, PUBLIC)
            self._go(mention, "saw-the-answer")

    def _go(self, mention: int, reason: str) -> None:
        """Somebody needs us no more; most let us know."""
        self.state[mention] = GONE
        place = self.sight.place_of[mention]
        if not self.day.leaves_unseen[mention]:
            self.sight.stop_waiting(place)
            self._decide(mention, "close", reason)

    def _again(self, mention: int) -> None:
        if self.state[mention] in (WAITS, HELPED):
            self.sight.repeat(self.sight.place_of[mention], self.sight.now)

    def _shift(self, hour: int) -> None:
        self.sight.on_duty = self.world.on_duty(self.sight.now)
        if hour >= 0:
            self.progress(self.sight.now)

    def _cut(self, number: int) -> None:
        cut = self.world.cuts[number]
        self.accounts[self.world.places()[cut.account]].cut(cut)

    def _other(self, number: int) -> None:
        """Another client posts; our timeline shows it later."""
        account = int(self.day.other_account[number])
        accepted = self.accounts[account].by_other(self.sight.now)
        self.posts.append(Post(self.sight.now, account, -1, "other", 1, 0.0, accepted))
        if accepted:
            self._push(self.day.other_seen_at[number], "shown", number)

    def _shown(self, number: int) -> None:
        account = self.accounts[int(self.day.other_account[number])]
        account.see_other(float(self.day.other_at[number]))

    def _done(self, number: int) -> None:
        """An advisor has written; the reply goes out, unless its limit was cut meanwhile."""
        move = self.work.pop(number)
        self.busy -= 1
        account, price = self._charge(move)
        if not self.accounts[account].may_send(self.sight.now):
            self.accounts[account].give_back()
            self._keep_draft(move, account, price)
        elif self._post(move, account, price):
            self._sent(move)
        else:
            self._keep_draft(move, account, price)

    def _post(self, move: Move, account: int, price: float) -> bool:
        accepted = self.accounts[account].send(self.sight.now)
        question = move.place if move.do == "publish" else -1
        mention = -1 if move.do == "publish" else self.sight.mention_of[move.place]
        kind = _KINDS[move.do]
        charged = price if accepted else 0.0
        self.posts.append(
            Post(self.sight.now, account, mention, kind, 1, charged, accepted, question)
        )
        return accepted

    def _keep_draft(self, move: Move, account: int, price: float) -> None:
        """Back into the queue, with the words kept; sending them later takes a moment."""
        self.purse.give_back(price)
        self.drafted.add((move.do, move.place))
        if move.do == "publish":
            self.sight.being_written[move.place] = False
            self._decide(-1, "hold", "account-held", account, move.place)
            return
        mention = self.sight.mention_of[move.place]
        self._decide(mention, "hold", "account-held", account)
        if move.do == "repeat":
            self.sight.repeat(move.place, self.sight.now)
        elif self.state[mention] == IN_HAND:
            self.state[mention] = WAITS
            self._wait_on(mention)
        else:
            self.sight.wait(move.place)

    def _wait_on(self, mention: int) -> None:
        """Somebody whose patience ended while we wrote leaves when no answer comes."""
        if self.day.at[mention] + self.day.patience_s[mention] <= self.sight.now:
            self._go(mention, "gave-up")
        else:
            self.sight.wait(self.sight.place_of[mention])

    def _sent(self, move: Move) -> None:
        if move.do == "publish":
            self._publish(move.place)
            return
        mention = self.sight.mention_of[move.place]
        if self.state[mention] != IN_HAND:
            return  # a repeat, or somebody who had gone unseen
        self.state[mention] = HELPED
        if move.do == "answer":
            self._help(mention, REPLY)
        elif self.day.settles[mention]:
            self._help(mention, POINTER)

    def _publish(self, question: int) -> None:
        day, now = self.day, self.sight.now
        self.sight.published_at[question] = now
        self.sight.being_written[question] = False
        heard = np.array(self.sight.mention_of, dtype=np.intp)
        for mention in heard[(day.question[heard] == question) & day.sees[heard]].tolist():
            if self.state[mention] == WAITS:
                self._push(now + day.sees_after_s[mention], "see", mention)

    def _help(self, mention: int, by: int) -> None:
        self.answered_at[mention] = self.sight.now
        self.by[mention] = by

    # What the desk does.

    def _dispatch(self) -> None:
        """Ask the policy until every advisor is busy or it has no move."""
        while (free := self.sight.on_duty - self.busy) > 0:
            self.sight.free = free
            turn = self.policy.turn(self.sight)
            for reason, places in turn.held.items():
                self._hold(reason, places)
            if turn.move is None:
                self._wake_later()
                return
            self._start(turn.move)

    def _start(self, move: Move) -> None:
        """An advisor begins: room is reserved before the first word."""
        move, lasts = self._handling(move)
        account, price = self._charge(move)
        self._refuse_impossible(move, account)
        self.accounts[account].reserve()
        self.purse.take(price)
        self.busy += 1
        if move.do == "publish":
            self.sight.being_written[move.place] = True
            self._decide(-1, "publish", move.reason, account, move.place)
        else:
            self._take(move, account)
        self.sight.spent()
        self.work[self.number + 1] = move
        self._push(self.sight.now + lasts, "done", self.number + 1)

    def _handling(self, move: Move) -> tuple[Move, float]:
        """What the advisor does and how long it takes: a pointer only where it fits.

        A repeat of somebody who still waits is their turn.
        """
        if (move.do, move.place) in self.drafted:
            self.drafted.discard((move.do, move.place))
            return move, SEND_DRAFT_S
        if move.do == "publish":
            return move, self.world.writing_s
        day, mention = self.day, self.sight.mention_of[move.place]
        if move.do == "point" and self._fits(mention):
            return move, float(day.pointer_s[mention])
        waits = bool(self.sight.waiting[move.place])
        do: Literal["repeat", "answer"] = (
            "repeat" if move.do == "repeat" and not waits else "answer"
        )
        return Move(do, move.place, move.reason), float(day.handling_s[mention])

    def _fits(self, mention: int) -> bool:
        """Whether the public answer that the desk took it for is what this one asks."""
        asked = int(self.day.question[mention])
        taken = asked >= 0 and asked == self.day.seen_question[mention]
        return taken and bool(np.isfinite(self.sight.published_at[asked]))

    def _take(self, move: Move, account: int) -> None:
        mention = self.sight.mention_of[move.place]
        self.sight.answer_repeat(move.place)
        self._decide(mention, move.do, move.reason, account)
        if move.do != "repeat":
            self.sight.stop_waiting(move.place)
            if self.state[mention] == WAITS:
                self.state[mention] = IN_HAND

    def _charge(self, move: Move) -> tuple[int, float]:
        """The account that posts it, and what it costs."""
        if move.do == "publish":
            return self.update, self.world.update_price
        account = int(self.sight.channel[move.place])
        return account, self.world.channels[account].price

    def _refuse_impossible(self, move: Move, account: int) -> None:
        if self.sight.left()[account] < 1:
            raise ImpossibleMoveError(f"{self.policy.name} posts where no room is left.")
        if move.do in ("answer", "point") and not self.sight.waiting[move.place]:
            raise ImpossibleMoveError(f"{self.policy.name} answers somebody who does not wait.")

    def _hold(self, reason: str, places: np.ndarray[tuple[int], np.dtype[np.intp]]) -> None:
        """Write down who is passed over, when the reason is new."""
        code = self.reasons.setdefault(reason, len(self.reasons))
        changed = places[self.held_for[places] != code]
        if not len(changed):
            return
        self.held_for[changed] = code
        left = self.sight.left()
        for place in changed.tolist():
            account = int(self.sight.channel[place])
            lacks = account if left[account] < 1 else -1
            self._decide(self.sight.mention_of[place], "hold", reason, lacks)

    def _decide(
        self, mention: int, do: Done, reason: str, allowance: int = -1, question: int = -1
    ) -> None:
        self.decisions.append(Decision(self.sight.now, mention, do, reason, allowance, question))

    def _wake_later(self) -> None:
        """Nothing to do now: look again when an account may have room, or after a while."""
        now, frees = self.sight.now, []
        wanted = np.bincount(self.sight.channel[self.sight.queue()], minlength=len(self.accounts))
        for account in np.flatnonzero((self.sight.left() < 1) & (wanted > 0)).tolist():
            limit = self.accounts[account].least(now)
            if limit is not None:
                self.full[account].append((now, limit))
            frees.append(self.accounts[account].frees_at(now))
        at = min([now + LOOK_AGAIN_S, *(free for free in frees if free > now)]) + SOON_S
        if self.wakes_at <= now and at < DAY_S and len(self.sight.queue()):
            self.wakes_at = at
            self._push(at, "wake", -1)


_KINDS: dict[Do, PostKind] = {
    "answer": "reply",
    "point": "pointer",
    "repeat": "repeat",
    "publish": "update",
}


def _prices(world: World, update: int) -> list[float]:
    """What a post may cost at most on each channel."""
    prices = [channel.price for channel in world.channels]
    prices[update] = max(prices[update], world.update_price)
    return prices


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
    )
