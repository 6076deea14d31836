"""The whole of a drill: a day is played, bounded by hindsight, and scored. Pure."""

from collections.abc import Callable

from rejoinder.drill.day import Day
from rejoinder.drill.hindsight import bound
from rejoinder.drill.policies import Mode
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.result import Result, result
from rejoinder.drill.run import run
from rejoinder.drill.score import score
from rejoinder.drill.world import HOUR_S, World

Say = Callable[[str], None]


def rehearse(world: World, day: Day, policy: str, mode: Mode, *, seed: int, say: Say) -> Result:
    """Play a day and say how it went; `say` hears in words how far it is."""

    def hour(at: float) -> None:
        say(f"{policy}: {at / HOUR_S:02.0f}:00 of a day with {len(day):,} mentions")

    played = run(world, day, POLICIES[policy](), mode, hour)
    say("hindsight: what the best possible policy would have reached")
    scored = score(world, day, played, bound(world, day))
    return result(world, day, played, seed=seed, policy=policy, mode=mode, score=scored)
