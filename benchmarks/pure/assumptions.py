"""The plan with one assumption of the world moved by half: what it reaches of hindsight then.

The plan is told what a desk knows: its shifts, its usual day, what an answer is worth to it. For
the rest it believes in the reference world while another one happens.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from benchmarks.table import Rows, row
from rejoinder.drill.assumptions import ASSUMPTIONS, moved
from rejoinder.drill.day import draw
from rejoinder.drill.hindsight import bound
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.run import run as play
from rejoinder.drill.score import score
from rejoinder.drill.world import WEIGHTINGS, World

SEED = 201
FLOOR = 0.80


def run() -> Rows:
    return list(rows())


def rows() -> Iterator[dict[str, object]]:
    """One row for each moved world, as soon as it is known."""
    for assumption in ASSUMPTIONS:
        for factor in (0.5, 1.5):
            yield _reached(f"{assumption} × {factor}", moved(World(), assumption, factor))
    for weighting in WEIGHTINGS:
        yield _reached(f"worth: {weighting}", replace(World(), weighting=weighting))


def _reached(what: str, world: World) -> dict[str, object]:
    day = draw(world, SEED)
    most = bound(world, day)
    plan, paced = (
        score(world, day, play(world, day, POLICIES[policy]()), most).value / most
        for policy in ("bid-price", "even-pacing")
    )
    return row(f"bid-price, {what}", plan, at_least=FLOOR, detail=f"even pacing {paced:.3f}")
