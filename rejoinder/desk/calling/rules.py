"""A call that the desk dials: what is done next, and when nobody is rung. Pure.

The advisor's telephone rings first, so that nobody outside picks up to silence; theirs rings once
the advisor has lifted; then the two are together. It is decided from what is seen at the exchange
now, so whoever looks next goes on where another was ended. A person is rung once for each call:
the row says so before the exchange is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Literal

Leg = Literal["none", "ringing", "up"]

DESK_RINGS = timedelta(seconds=30)
THEY_RING = timedelta(seconds=45)
SETTLES = timedelta(seconds=5)  # until a line that was asked for is seen
LONGEST = timedelta(hours=2)
TRIES = 3  # without an answer, within a day
DAY = timedelta(days=1)
PAUSE = timedelta(minutes=10)  # between two of them
FROM, UNTIL = time(8), time(21)  # of the organisation's day, where nothing else was promised


class Stage(StrEnum):
    """Where a call is."""

    ASKED = "asked"
    DESK = "desk"  # the advisor's telephone rings
    THEM = "them"  # theirs rings
    TALKING = "talking"
    ENDED = "ended"


class Outcome(StrEnum):
    """How it ended."""

    TALKED = "talked"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    NOBODY_HERE = "nobody-here"  # the advisor did not lift
    GIVEN_UP = "given-up"  # the advisor hung up before they answered
    BY_HAND = "by-hand"  # a number that a person has to dial
    TROUBLE = "trouble"


class Step(StrEnum):
    """What is done at the exchange."""

    RING_DESK = "ring-desk"
    RING_THEM = "ring-them"
    JOIN = "join"
    HANG_UP = "hang-up"


@dataclass(frozen=True, slots=True)
class Going:
    """A call as its row has it; `since` is when its stage began."""

    stage: Stage
    since: datetime
    outcome: Outcome | None = None
    giving_up: bool = False  # the advisor asked for its end


@dataclass(frozen=True, slots=True)
class Seen:
    """Both lines as they are now, why theirs ended (Q.850), 0 where nobody told, and for how long
    it has been missing: an event may come after the line has gone.
    """

    desk: Leg = "none"
    them: Leg = "none"
    cause: int = 0
    missing: timedelta = timedelta(0)


def step(going: Going, seen: Seen, now: datetime) -> tuple[Going, Step | None]:
    """The call after a look, and what is to be done. What has ended stays so."""
    if going.stage == Stage.ENDED:
        return going, None
    if going.giving_up or (going.stage == Stage.TALKING and now - going.since > LONGEST):
        return _given_up(going, now)
    looks = {Stage.DESK: _at_the_desk, Stage.THEM: _out_there, Stage.TALKING: _together}
    if look := looks.get(going.stage):
        return look(going, seen, now)
    return replace(going, stage=Stage.DESK, since=now), Step.RING_DESK


def outcome_of(cause: int) -> Outcome:
    """Why a line that nobody lifted ended (ITU-T Q.850)."""
    return {
        17: Outcome.BUSY,
        18: Outcome.NO_ANSWER,
        19: Outcome.NO_ANSWER,
        21: Outcome.DECLINED,
        0: Outcome.NO_ANSWER,
        16: Outcome.NO_ANSWER,
    }.get(cause, Outcome.UNREACHABLE)


def _at_the_desk(going: Going, seen: Seen, now: datetime) -> tuple[Going, Step | None]:
    age = now - going.since
    if seen.desk == "up":
        return replace(going, stage=Stage.THEM, since=now), Step.RING_THEM
    if age > DESK_RINGS or (seen.desk == "none" and age > SETTLES):
        return _ended(going, Outcome.NOBODY_HERE, now)
    return going, None


def _out_there(going: Going, seen: Seen, now: datetime) -> tuple[Going, Step | None]:
    if seen.desk == "none":
        return _given_up(going, now)
    if seen.them == "up":
        return replace(going, stage=Stage.TALKING, since=now), Step.JOIN
    if seen.them == "ringing":
        rang = now - going.since > THEY_RING
        return _ended(going, Outcome.NO_ANSWER, now) if rang else (going, None)
    if seen.cause or seen.missing > SETTLES:
        return _ended(going, outcome_of(seen.cause) if seen.cause else Outcome.TROUBLE, now)
    return going, None


def _together(going: Going, seen: Seen, now: datetime) -> tuple[Going, Step | None]:
    if seen.desk == "none" or seen.them == "none":
        return _ended(going, Outcome.TALKED, now)
    return going, Step.JOIN  # once they are, it changes nothing


def _given_up(going: Going, now: datetime) -> tuple[Going, Step]:
    talked = going.stage == Stage.TALKING
    return _ended(going, Outcome.TALKED if talked else Outcome.GIVEN_UP, now)


def _ended(going: Going, outcome: Outcome, now: datetime) -> tuple[Going, Step]:
    return replace(going, stage=Stage.ENDED, outcome=outcome, since=now), Step.HANG_UP


class No(StrEnum):
    """Why nobody is rung now; of several the first counts."""

    EXCHANGE = "exchange"  # there is no way out
    EXTENSION = "extension"  # the advisor has named no telephone
    NUMBER = "number"  # they told none
    HOLDER = "holder"  # the conversation is not the advisor's
    ON_A_CALL = "on-a-call"
    TOO_SOON = "too-soon"  # another time is promised
    NIGHT = "night"
    PAUSE = "pause"
    OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at before a call. `promised` is the slot; `unanswered` are when their
    telephone rang in vain; `local` is the organisation's clock.
    """

    possible: bool
    extension: bool
    number: bool
    holds: bool
    on_a_call: bool
    promised: tuple[datetime, datetime] | None
    unanswered: Sequence[datetime]
    local: time


def refused(asked: Asked, now: datetime) -> No | None:
    """Why nobody is rung; None when they are."""
    lately = [at for at in asked.unanswered if now - at < DAY]
    in_slot = asked.promised is not None and asked.promised[0] <= now <= asked.promised[1]
    early = asked.promised is not None and now < asked.promised[0]
    checks = (
        (No.EXCHANGE, not asked.possible),
        (No.EXTENSION, not asked.extension),
        (No.NUMBER, not asked.number),
        (No.HOLDER, not asked.holds),
        (No.ON_A_CALL, asked.on_a_call),
        (No.TOO_SOON, early),
        (No.NIGHT, not in_slot and not FROM <= asked.local < UNTIL),
        (No.OFTEN, len(lately) >= TRIES),
        (No.PAUSE, any(now - at < PAUSE for at in lately)),
    )
    return next((no for no, wrong in checks if wrong), None)
