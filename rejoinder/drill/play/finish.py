"""When a played day is over: its result, and one page with it beside first come, first served."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from rejoinder.drill.hindsight import bound
from rejoinder.drill.play import stated
from rejoinder.drill.play.control import REPORT, RESULT
from rejoinder.drill.play.diary import Diary
from rejoinder.drill.play.outcome import Refusals, outcome
from rejoinder.drill.play.setting import Setting
from rejoinder.drill.played import NOBODY, Played
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.report import page
from rejoinder.drill.result import Result, result
from rejoinder.drill.run import run
from rejoinder.drill.score import score
from rejoinder.drill.world import HOUR_S
from rejoinder.plumbing.config import config

BESIDE = "fcfs"  # what a desk without a plan does, and what was done in January 2012

Say = Callable[[str], None]


def finish(setting: Setting, diary: Diary, refusals: Refusals, say: Say) -> Result:
    """Score what was played and write both files; the result."""
    say("scoring the day against hindsight")
    ours = outcome(setting, diary, refusals)
    _write(config().data / RESULT, msgspec.json.encode(ours))
    say("playing the same day first come, first served")
    theirs = beside(setting)
    _write(config().data / REPORT, page([theirs, ours], noted=stated.words()).encode())
    return ours


def beside(setting: Setting) -> Result:
    """The same hours as a desk without a plan would have spent them."""
    world, day = setting.world, setting.day()
    played = until(run(world, day, POLICIES[BESIDE]()), setting.until_h * HOUR_S)
    scored = score(world, day, played, bound(world, day))
    return result(
        world, day, played, seed=setting.seed, policy=BESIDE, mode="within-the-hour", score=scored
    )


def until(played: Played, end: float) -> Played:
    """What came of a day until a moment."""
    late = played.answered_at > end
    answered = played.answered_at.copy()
    answered[late] = float("inf")
    by = played.by.copy()
    by[late] = NOBODY
    return played._replace(
        decisions=[one for one in played.decisions if one.at <= end],
        posts=[one for one in played.posts if one.at <= end],
        answered_at=answered,
        by=by,
        full=[[one for one in full if one[0] <= end] for full in played.full],
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: pages read it at any moment."""
    new = path.with_suffix(".new")
    new.write_bytes(content)
    new.replace(path)
