"""A rehearsed day as one JSON object, from which anybody can check it again. Pure.

`docs/reference/drill.schema.json` is made from these structures. Moments are seconds from the
world's start; a mention's `id` is its place among all arrivals.
"""

from typing import Literal

import numpy as np
from msgspec import Struct

from rejoinder.drill.day import Day, Ints
from rejoinder.drill.limits import Limit
from rejoinder.drill.played import Done, Played, PostKind
from rejoinder.drill.policies import Mode
from rejoinder.drill.score import Score
from rejoinder.drill.use import Use, use
from rejoinder.drill.world import World
from rejoinder.listening.read.words import NEEDS, Need


class Arrival(Struct, frozen=True, kw_only=True):
    """Somebody writes. `need` and `question` are the truth, `seen_*` what the desk read.

    What nobody at the desk knows: `patience_s` until they give up; `handling_s` and `pointer_s`,
    what a whole and a short reply take; `settles`, whether a short one would help; `sees_after_s`,
    how long after the later of asking and publication they see the public answer (null: never);
    `deflected`, whether they would not have asked had it been out; `repeats_at`.
    """

    id: int
    person: int
    at: float
    channel: str
    need: Need
    seen_need: Need
    question: int | None
    seen_question: int | None
    patience_s: float
    followers: float
    handling_s: float
    pointer_s: float
    settles: bool
    sees_after_s: float | None
    deflected: bool
    repeats_at: float | None
    leaves_unseen: bool


class DecisionRow(Struct, frozen=True, kw_only=True):
    """What was done, about which mention or question, why, and on which account's allowance."""

    at: float
    mention: int | None
    do: Done
    reason: str
    allowance: str | None
    question: int | None


class PostRow(Struct, frozen=True, kw_only=True):
    """An attempt to post. `cost` counts against each limit of the account, `price` is money."""

    at: float
    account: str
    mention: int | None
    kind: PostKind
    cost: int
    price: float
    accepted: bool
    question: int | None


class Result(Struct, frozen=True, kw_only=True):
    """One rehearsed day. `bound` is the most that any policy could have reached."""

    schema: Literal[1] = 1
    seed: int
    policy: str
    mode: Mode
    world: World
    limits: tuple[Limit, ...]
    arrivals: list[Arrival]
    decisions: list[DecisionRow]
    posts: list[PostRow]
    score: Score
    bound: float | None
    use: list[Use]


def result(
    world: World, day: Day, played: Played, *, seed: int, policy: str, mode: Mode, score: Score
) -> Result:
    """Everything about a run."""
    return Result(
        seed=seed,
        policy=policy,
        mode=mode,
        world=world,
        limits=world.rules(),
        arrivals=_arrivals(world, day),
        decisions=_decisions(world, played),
        posts=_posts(world, played),
        score=score,
        bound=score.bound,
        use=use(world, played),
    )


def _arrivals(world: World, day: Day) -> list[Arrival]:
    names = tuple(world.places())
    columns = {name: getattr(day, name).tolist() for name in _COLUMNS}
    sees = zip(day.sees.tolist(), day.sees_after_s.tolist(), strict=True)
    columns |= {
        "id": list(range(len(day))),
        "channel": [names[channel] for channel in day.channel.tolist()],
        "need": [NEEDS[need] for need in day.need.tolist()],
        "seen_need": [NEEDS[need] for need in day.seen_need.tolist()],
        "question": _or_null(day.question),
        "seen_question": _or_null(day.seen_question),
        "sees_after_s": [after if does else None for does, after in sees],
        "repeats_at": [at if at < np.inf else None for at in day.repeats_at.tolist()],
    }
    rows = zip(*columns.values(), strict=True)
    return [Arrival(**dict(zip(columns, row, strict=True))) for row in rows]


_COLUMNS = (
    *("person", "at", "patience_s", "followers", "handling_s", "pointer_s", "settles"),
    *("deflected", "leaves_unseen"),
)


def _or_null(questions: Ints) -> list[int | None]:
    return [question if question >= 0 else None for question in questions.tolist()]


def _decisions(world: World, played: Played) -> list[DecisionRow]:
    names = (*world.places(), None)
    return [
        DecisionRow(
            at=one.at,
            mention=one.mention if one.mention >= 0 else None,
            do=one.do,
            reason=one.reason,
            allowance=names[one.allowance],
            question=one.question if one.question >= 0 else None,
        )
        for one in played.decisions
    ]


def _posts(world: World, played: Played) -> list[PostRow]:
    names = tuple(world.places())
    return [
        PostRow(
            at=one.at,
            account=names[one.account],
            mention=one.mention if one.mention >= 0 else None,
            kind=one.kind,
            cost=one.cost,
            price=one.price,
            accepted=one.accepted,
            question=one.question if one.question >= 0 else None,
        )
        for one in played.posts
    ]
