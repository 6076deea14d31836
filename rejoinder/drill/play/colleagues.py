"""Advisors who answer by themselves while a day is played, from the same queue as everybody.

They do what an advisor does, by the same calls: take the next, keep room before the first word,
write for as long as it takes, send. Whom the plan keeps back they do not take; abuse and what asks
for nothing they close without a word.
"""

import heapq
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from rejoinder.desk import drafting, take, turn, write
from rejoinder.desk.refusals import CannotError
from rejoinder.drill.day import Day
from rejoinder.drill.play import script
from rejoinder.drill.play.diary import Diary
from rejoinder.drill.world import World
from rejoinder.listening.models import Conversation, Need
from rejoinder.listening.read.words import NEEDS
from rejoinder.team.models import Advisor

FOLLOW_UP_S = 60.0  # to answer what no mention of the day asks: thanks, a word more
CLOSING_S = 10.0  # to read what gets no reply, and close it
OVER = "they need it no more"
NO_REPLY = "gets no reply"

Pointer = Callable[[Conversation], str | None]


class _Work(NamedTuple):
    """Who has what in hand, and until when; in order of that."""

    until: float
    place: int
    conversation: int


class Colleagues:
    """So many of the team as are on duty. `pointer` gives the public answer to what is asked."""

    def __init__(
        self, world: World, day: Day, team: Sequence[Advisor], *, diary: Diary, pointer: Pointer
    ) -> None:
        self._world, self._day, self._team = world, day, team
        self._diary, self._pointer = diary, pointer
        self._random = Random(0)
        # What they had in hand when this process ended the last time.
        held = Conversation.objects.filter(holder__in=self._team).values_list("holder", "pk")
        places = {colleague.pk: place for place, colleague in enumerate(self._team)}
        self._work = [_Work(0.0, places[holder], number) for holder, number in held]

    def turn_to(self, now: float) -> int:
        """Send what is written by a second of the day, and take what is next; how much of it."""
        done = 0
        while self._work and self._work[0].until <= now:
            work = heapq.heappop(self._work)
            self._send(work)
            done += 1
        busy = {work.place for work in self._work}
        on_duty = min(self._world.on_duty(now), len(self._team))
        for place in sorted(set(range(on_duty)) - busy):
            if not self._take(place, now):
                break
            done += 1
        return done

    def _take(self, place: int, now: float) -> bool:
        conversation = turn.take_next(self._team[place])
        if conversation is None:
            return False
        lasts = CLOSING_S
        if _wants_a_reply(conversation):
            try:
                drafting.start_reply(conversation, self._team[place])
                lasts = self._lasts(conversation)
            except CannotError:
                pass  # it is closed when it has been read
        heapq.heappush(self._work, _Work(now + lasts, place, conversation.pk))
        return True

    def _lasts(self, conversation: Conversation) -> float:
        mention = self._mention(conversation)
        if mention is None:
            return FOLLOW_UP_S
        spans = self._day.pointer_s if self._pointer(conversation) else self._day.handling_s
        return float(spans[mention])

    def _send(self, work: _Work) -> None:
        conversation = Conversation.objects.get(pk=work.conversation)
        writer = self._team[work.place]
        if conversation.holder_id != writer.pk:
            return
        if not _wants_a_reply(conversation):
            take.close(conversation, writer, NO_REPLY)
            return
        try:
            write.answer(conversation, writer, self._words(conversation))
        except CannotError:
            take.close(conversation, writer, OVER)

    def _words(self, conversation: Conversation) -> str:
        need = NEEDS[conversation.need]
        return self._pointer(conversation) or script.reply(need, self._random)

    def _mention(self, conversation: Conversation) -> int | None:
        """The mention of the day that it began with."""
        return self._diary.mention_of.get(conversation.thread)


def _wants_a_reply(conversation: Conversation) -> bool:
    return conversation.need < Need.ABUSE
