"""One drilled day on a desk: what people write goes through the intake, what the policy answered is
kept as replies.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from rejoinder.channels.contract import Post
from rejoinder.channels.models import Account
from rejoinder.desk.models import Closure
from rejoinder.drill.day import Day, draw
from rejoinder.drill.play import script
from rejoinder.drill.played import POINTER, PUBLIC, REPLY, Played
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.run import run
from rejoinder.drill.world import DAY_S, World
from rejoinder.listening.hear import frames
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention
from rejoinder.listening.read.words import NEEDS
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import open_log
from rejoinder.team.models import Advisor
from tests.web.week.worlds import CRISIS, IN_TURN, PLAN

BRAND = "Northwind Mobile"
_PERSONS = 100_000  # numbers of people kept apart by day


@dataclass(frozen=True)
class Drilled:
    """A day and how it was played; `midnight` is its first moment, `number` is its own."""

    world: World
    day: Day
    played: Played
    midnight: datetime
    number: int

    def at(self, seconds: float) -> datetime:
        """A moment of it."""
        return self.midnight + timedelta(seconds=float(seconds))

    def own(self, place: int) -> str:
        """The platform's id of the mention at a place."""
        return f"drilled-{self.number}-{place}"


def drilled(world: World, midnight: datetime, number: int) -> Drilled:
    """Drawn and played; the same for the same number."""
    day = draw(world, number)
    policy = POLICIES[PLAN if world is CRISIS else IN_TURN]()
    return Drilled(world, day, run(world, day, policy), midnight, number)


def heard(one: Drilled, accounts: Mapping[str, Account]) -> None:
    """Its posts, channel by channel, as the desk reads them."""
    with closing(open_log()) as log, clock.standing(one.at(DAY_S)):
        for place, channel in enumerate(one.world.channels):
            posts = list(_posts(one, place))
            log.append(frames.pack(channel.name, accounts[channel.name].pk, clock.now(), posts))
        while triage.run_once(log):
            pass


def _posts(one: Drilled, channel: int) -> Sequence[Post]:
    texts = script.texts(one.day, BRAND, one.number)
    persons = (one.day.person + one.number * _PERSONS).tolist()
    return [
        Post(
            external_id=one.own(at),
            author_id=f"person-{persons[at]}",
            handle=f"@person{persons[at]}",
            name=script.name(persons[at]),
            text=texts[at],
            created_at=one.at(one.day.at[at]),
            language="en",
        )
        for at in np.flatnonzero(one.day.channel == channel).tolist()
    ]


def answered(one: Drilled, by: Sequence[Advisor]) -> dict[int, Mention]:
    """Replies to whom the policy replied, and an end for everybody else by the next midnight; the
    mentions by their place.
    """
    there = {row.external_id: row for row in Mention.objects.filter(external_id__in=_names(one))}
    rows = {at: there[name] for at, name in enumerate(_names(one)) if name in there}
    how, when = one.played.by.tolist(), one.played.answered_at.tolist()
    replies: list[Reply] = []
    closures: list[Closure] = []
    for at, row in rows.items():
        if row.conversation_id is None:
            continue
        if how[at] in (REPLY, POINTER):
            replies.append(_reply(one, row, at, one.at(when[at]), by[at % len(by)]))
        else:
            seen = how[at] == PUBLIC and when[at] < np.inf
            closures.append(
                Closure(
                    conversation_id=row.conversation_id,
                    advisor=by[at % len(by)],
                    at=max(one.at(when[at] if seen else DAY_S), row.created_at),
                    why="read the public answer" if seen else "came too late to help",
                )
            )
    Reply.objects.bulk_create(replies)
    Closure.objects.bulk_create(closures)
    done = [row.conversation_id for row in replies] + [row.conversation_id for row in closures]
    Conversation.objects.filter(pk__in=done).update(waiting_since=None)
    return rows


def _names(one: Drilled) -> list[str]:
    return [one.own(at) for at in range(len(one.day))]


def _reply(one: Drilled, row: Mention, at: int, sent: datetime, advisor: Advisor) -> Reply:
    assert row.account_id is not None
    assert row.conversation_id is not None
    question = int(one.day.question[at])
    pointer = one.played.by[at] == POINTER and question >= 0
    words = script.asked(question).short if pointer else _words(one, at)
    return Reply(
        account_id=row.account_id,
        conversation_id=row.conversation_id,
        mention_id=row.pk,
        advisor=advisor,
        text=words,
        key=f"drilled-{one.number}-{at}",
        state=State.SENT,
        written_at=sent,
        due_at=sent,
        sent_at=sent,
    )


def _words(one: Drilled, at: int) -> str:
    return script.words().replies[NEEDS[int(one.day.need[at])]][0]
