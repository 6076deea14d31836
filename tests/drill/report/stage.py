"""Small rehearsed days to report on."""

from msgspec.structs import replace

from rejoinder.drill.day import draw
from rejoinder.drill.limits import Limit
from rejoinder.drill.rehearse import rehearse
from rejoinder.drill.result import Result
from rejoinder.drill.world import Surge, World

WORLD = World(
    usual=60,
    surges=(Surge(shape="outage", begins_h=10, mentions=200),),
    limits=(Limit("x", "a day", 60, 86_400),),
)


def played(policy: str, world: World = WORLD, seed: int = 3, **changes: object) -> Result:
    """A day that a policy played, as the command prints it."""
    day = draw(world, seed)
    run = rehearse(world, day, policy, "within-the-hour", seed=seed, say=lambda words: None)
    return replace(run, **changes)
