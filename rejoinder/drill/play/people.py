"""The people outside, while a day is played: they write, write again, lose patience, find answers.

The same rules as in a drilled day without people at the desk (`drill/run.py`): who is being
answered waits for that answer, and who gives up is mostly seen to go.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, Literal, Protocol

import numpy as np

from rejoinder.channels.pretend.world import handle
from rejoinder.drill.day import Day
from rejoinder.drill.play import script
from rejoinder.drill.play.diary import Diary, Line, What
from rejoinder.drill.world import World

Order = Callable[[dict[str, Any]], str | None]
Kind = Literal["arrive", "again", "leave", "see", "other"]

IN_HAND_S = 60.0  # who is being answered is asked again after so long


class Seen(Protocol):
    """What the people can see of us."""

    def answered(self, post: str) -> bool:
        """Whether we replied to it."""
        ...

    def in_hand(self, post: str) -> bool:
        """Whether an advisor is writing to them."""
        ...

    def read_as(self, post: str) -> int:
        """The need that the desk read in it, as an index into NEEDS; -1: none yet."""
        ...

    def published(self) -> Mapping[int, float]:
        """When the public answer to each question of the world came out."""
        ...


class People:
    """Everybody who writes on a day: `texts` is what each mention of it says, `order` carries out
    an order on the pretend network."""

    def __init__(
        self,
        world: World,
        day: Day,
        seed: int,
        *,
        brand: str,
        texts: Sequence[str],
        order: Order,
        seen: Seen,
        diary: Diary,
    ) -> None:
        self.day, self.diary = day, diary
        self._order, self._seen = order, seen
        self._texts = texts
        self._random = Random(seed)
        self._handles = list(handles(world, brand))
        self._post: dict[int, str] = {}
        self._gone: set[int] = set()
        self._published: dict[int, float] = {}
        self._events: list[tuple[float, int, Kind]] = []
        self._begin()

    def turn_to(self, now: float) -> int:
        """Everything that is due at a second of the day; how much that was."""
        self._look_for_answers(now)
        many = 0
        while self._events and self._events[0][0] <= now:
            at, mention, kind = heapq.heappop(self._events)
            if kind == "other":
                self._by_another_client(mention)
            elif mention not in self._gone:
                self._do(at, mention, kind)
            many += 1
        return many

    def _begin(self) -> None:
        """What is still to come; what the diary tells is over."""
        for line in self.diary.lines:
            if line.what == "said":
                self._post[line.mention] = line.post
            elif line.what != "again":
                self._gone.add(line.mention)
        for mention, at in enumerate(self.day.at.tolist()):
            if mention in self._post:
                self._waits(mention)
            else:
                self._push(at, mention, "arrive")
        told = self.diary.lines[-1].at if self.diary.lines else -np.inf
        for number, at in enumerate(self.day.other_at.tolist()):
            if at > told:
                self._push(at, number, "other")

    def _do(self, at: float, mention: int, kind: Kind) -> None:
        if kind == "arrive":
            self._arrive(at, mention)
        elif not self._seen.answered(self._post[mention]):
            {"again": self._again, "leave": self._leave, "see": self._see}[kind](at, mention)

    def _arrive(self, at: float, mention: int) -> None:
        question = int(self.day.question[mention])
        if self.day.deflected[mention] and self._published.get(question, np.inf) <= at:
            self._go(at, mention, "not-asked")
            return
        self._post[mention] = self._say(mention, self._texts[mention])
        self.diary.write(Line(at, mention, "said", self._post[mention]))
        self._waits(mention)
        if question in self._published:
            self._may_see(mention, question)

    def _waits(self, mention: int) -> None:
        at, leaves = self.day.at[mention], self.day.at[mention] + self.day.patience_s[mention]
        self._push(float(leaves), mention, "leave")
        if at < self.day.repeats_at[mention] < leaves:
            self._push(float(self.day.repeats_at[mention]), mention, "again")

    def _again(self, at: float, mention: int) -> None:
        text = script.again(self._texts[mention], self._random)
        post = self._say(mention, text, reply_to=self._post[mention])
        self.diary.write(Line(at, mention, "again", post))

    def _leave(self, at: float, mention: int) -> None:
        if self._seen.in_hand(self._post[mention]):
            self._push(at + IN_HAND_S, mention, "leave")
        else:
            self._go(at, mention, "gave-up")

    def _see(self, at: float, mention: int) -> None:
        if not self._seen.in_hand(self._post[mention]):
            self._go(at, mention, "saw-the-answer")

    def _go(self, at: float, mention: int, what: What) -> None:
        """Somebody needs us no more; most let us know by taking their post back."""
        self._gone.add(mention)
        post = self._post.get(mention)
        read = -1 if post is None else self._seen.read_as(post)
        if post is not None and not self.day.leaves_unseen[mention]:
            self._order({"delete": post})
        self.diary.write(Line(at, mention, what, read=read))

    def _by_another_client(self, number: int) -> None:
        """Somebody else posts on one of our accounts, and spends of its limits."""
        account = self._handles[int(self.day.other_account[number])]
        self._order({"say": {"by": account, "text": script.NOT_OURS}})

    def _say(self, mention: int, text: str, **more: str) -> str:
        to = self._handles[int(self.day.channel[mention])]
        said = f"@{to} {text}"[: script.LONGEST]
        by = script.name(int(self.day.person[mention]))
        post = self._order({"say": {"by": by, "text": said} | more})
        if post is None:
            raise RuntimeError("the pretend network took a post and gave it no number")
        return post

    def _look_for_answers(self, now: float) -> None:
        """An answer that came out reaches some of those who asked."""
        for question, at in self._seen.published().items():
            if question not in self._published and at <= now:
                self._published[question] = at
                for mention in self._post:
                    if self.day.question[mention] == question:
                        self._may_see(mention, question)

    def _may_see(self, mention: int, question: int) -> None:
        if self.day.sees[mention]:
            since = max(self._published[question], float(self.day.at[mention]))
            self._push(since + float(self.day.sees_after_s[mention]), mention, "see")

    def _push(self, at: float, mention: int, kind: Kind) -> None:
        heapq.heappush(self._events, (at, mention, kind))


def handles(world: World, brand: str) -> dict[str, str]:
    """Our account for each channel of the world: the one we publish on bears the brand's name."""
    own = handle(brand)
    return {
        own if name == world.update_channel else f"{name}.{own}": name for name in world.places()
    }
