"""The desk of a drilled day: who waits, who is being answered, what is on its way out. Pure."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.day import Day
from rejoinder.drill.played import POINTER, REPLY, Decision, Played, Post, PostKind
from rejoinder.drill.policies import Do, Move
from rejoinder.drill.record import Record
from rejoinder.drill.sight import Sight
from rejoinder.drill.spending import Charge, Spending
from rejoinder.drill.world import World

Ints = NDArray[np.intp]

SEND_DRAFT_S = 10.0  # to send a reply that was written before its account was held
WAITS, IN_HAND, ANSWERED, GONE = range(4)
_POSTED: dict[Do, PostKind] = {
    "answer": "reply",
    "point": "pointer",
    "repeat": "repeat",
    "publish": "update",
}


class ImpossibleMoveError(ValueError):
    """A policy asked for what no desk can do; the message says what."""


class Work(NamedTuple):
    """What an advisor has in hand, and what its post will take. `mention` is -1 for an answer."""

    do: Do
    place: int
    mention: int
    charge: Charge

    @property
    def question(self) -> int:
        return self.place if self.do == "publish" else -1


class Desk:
    """One day at one desk. Mentions are known by their place in the day, to policies by when heard.

    Who is in an advisor's hands waits for that answer.
    """

    def __init__(self, world: World, day: Day) -> None:
        self.day = day
        self.writing_s = world.writing_s
        self.now = 0.0
        self.spending = Spending(world)
        self.sight = Sight(day, len(world.questions), self.spending)
        self.record = Record(len(day), len(world.channels))
        self._state = [WAITS] * len(day)
        self._work: dict[int, Work] = {}
        self._drafts: set[tuple[Do, int]] = set()

    def turn_to(self, now: float) -> None:
        """Move on in time."""
        self.now = now
        self.sight.turn_to(now)

    def played(self) -> Played:
        return self.record.played(self.sight.published_at)

    # People come and go.

    def hear(self, mention: int) -> None:
        self.sight.hear(self.day, mention)

    def help(self, mention: int, by: int) -> None:
        self.record.help(self.now, mention, by)

    def waits(self, mention: int) -> bool:
        """Whether somebody needs us still and nobody answers them now."""
        return self._state[mention] == WAITS

    def give_up(self, mention: int) -> None:
        if self.waits(mention):
            self.leave(mention, "gave-up")

    def leave(self, mention: int, reason: str) -> None:
        """Somebody needs us no more; most let us know."""
        self._state[mention] = GONE
        if not self.day.leaves_unseen[mention]:
            self.sight.stop_waiting(self.sight.place_of[mention])
            self.record.close(self.now, mention, reason)

    def write_again(self, mention: int) -> None:
        if self._state[mention] in (WAITS, ANSWERED):
            self.sight.repeat(self.sight.place_of[mention], self.now)

    def who_asks(self, question: int) -> list[int]:
        """Who asks a question in truth, and waits."""
        heard = np.array(self.sight.mention_of, dtype=np.intp)
        asks = heard[self.day.question[heard] == question].tolist()
        return [mention for mention in asks if self.waits(mention)]

    # Advisors answer.

    def has_free(self) -> bool:
        self.sight.free = self.sight.on_duty - len(self._work)
        return self.sight.free > 0

    def hold(self, reason: str, places: Ints) -> None:
        """Write down who is passed over, where the reason is new, and which account lacks room."""
        changed = self.record.newly_held(reason, places)
        left = self.sight.left() if changed else None
        for place in changed:
            account = int(self.sight.channel[place])
            lacks = account if left is not None and left[account] < 1 else -1
            mention = self.sight.mention_of[place]
            self.record.decide(Decision(self.now, mention, "hold", reason, lacks))

    def full(self) -> list[float]:
        """When each account that is full while somebody waits for it may have room."""
        queue = self.sight.queue()
        wanted = np.bincount(self.sight.channel[queue], minlength=len(self.spending.accounts))
        frees = []
        for number in np.flatnonzero((self.sight.left() < 1) & (wanted > 0)).tolist():
            account = self.spending.accounts[number]
            if limit := account.least(self.now):
                self.record.full(self.now, number, limit)
            frees.append(account.frees_at(self.now))
        return frees

    def begin(self, move: Move, key: int, policy: str) -> float:
        """An advisor begins, and room is reserved before the first word; the seconds it takes."""
        work, lasts = self._taken(move)
        self._refuse_impossible(work, policy)
        self.spending.reserve(work.charge)
        self._work[key] = work
        if work.do == "publish":
            self.sight.being_written[work.place] = True
        else:
            self._take(work)
        self._decide(work, work.do, move.reason)
        self.sight.spent()
        return lasts

    def _taken(self, move: Move) -> tuple[Work, float]:
        """What the advisor does: a pointer only where it fits.

        A repeat of somebody who still waits is their turn.
        """
        if move.do == "publish":
            return self._lasting(Work("publish", move.place, -1, self.spending.publication()))
        mention = self.sight.mention_of[move.place]
        charge = self.spending.reply(int(self.sight.channel[move.place]))
        do = move.do
        if do == "point" and not self._fits(mention):
            do = "answer"
        if do == "repeat" and self.sight.waiting[move.place]:
            do = "answer"
        return self._lasting(Work(do, move.place, mention, charge))

    def _fits(self, mention: int) -> bool:
        """Whether the public answer that the desk took it for is what this one asks."""
        asked = int(self.day.question[mention])
        taken = asked >= 0 and asked == self.day.seen_question[mention]
        return taken and bool(np.isfinite(self.sight.published_at[asked]))

    def _lasting(self, work: Work) -> tuple[Work, float]:
        draft = (work.do, work.place)
        if draft in self._drafts:
            self._drafts.discard(draft)
            return work, SEND_DRAFT_S
        if work.do == "publish":
            return work, self.writing_s
        spans = self.day.pointer_s if work.do == "point" else self.day.handling_s
        return work, float(spans[work.mention])

    def _refuse_impossible(self, work: Work, policy: str) -> None:
        if self.sight.left()[work.charge.account] < 1:
            raise ImpossibleMoveError(f"{policy} posts where no room is left.")
        if work.do in ("answer", "point") and not self.sight.waiting[work.place]:
            raise ImpossibleMoveError(f"{policy} answers somebody who does not wait.")
        if work.do == "publish" and not self.sight.asked[work.place]:
            raise ImpossibleMoveError(f"{policy} publishes what nobody asked yet.")

    def _take(self, work: Work) -> None:
        self.sight.answer_repeat(work.place)
        if work.do != "repeat":
            self.sight.stop_waiting(work.place)
            if self.waits(work.mention):
                self._state[work.mention] = IN_HAND

    def finish(self, key: int) -> int | None:
        """An advisor has written: it goes out, or is kept where its limit was cut meanwhile.

        The question whose answer is out now; None for anything else.
        """
        work = self._work.pop(key)
        accepted = self.spending.send(work.charge, self.now)
        if accepted is not None:
            self._write_down(work, accepted=accepted)
        if not accepted:
            self._keep(work)
            return None
        if work.do == "publish":
            self.sight.published_at[work.place] = self.now
            self.sight.being_written[work.place] = False
            return work.place
        self._answered(work)
        return None

    def _write_down(self, work: Work, *, accepted: bool) -> None:
        account, price = work.charge
        paid, kind = price if accepted else 0.0, _POSTED[work.do]
        self.record.posts.append(
            Post(self.now, account, work.mention, kind, 1, paid, accepted, work.question)
        )

    def _answered(self, work: Work) -> None:
        """Whether it helps: not who was answered before, or had gone unseen."""
        if self._state[work.mention] != IN_HAND:
            return
        self._state[work.mention] = ANSWERED
        if work.do == "answer":
            self.help(work.mention, REPLY)
        elif self.day.settles[work.mention]:
            self.help(work.mention, POINTER)

    def _keep(self, work: Work) -> None:
        """Back into the queue with its words kept; who lost patience meanwhile leaves."""
        self._drafts.add((work.do, work.place))
        self._decide(work, "hold", "account-held")
        if work.do == "publish":
            self.sight.being_written[work.place] = False
        elif work.do == "repeat":
            self.sight.repeat(work.place, self.now)
        else:
            self.sight.wait(work.place)
            if self._state[work.mention] == IN_HAND:
                self._state[work.mention] = WAITS
                if self.day.at[work.mention] + self.day.patience_s[work.mention] <= self.now:
                    self.leave(work.mention, "gave-up")

    def _decide(self, work: Work, do: Do | Literal["hold"], reason: str) -> None:
        account = work.charge.account
        self.record.decide(Decision(self.now, work.mention, do, reason, account, work.question))
