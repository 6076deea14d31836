"""The most any policy could have made of a day: a bound by somebody who knows everything. Pure.

`docs/decisions/0028-hindsight.md` has the argument. In short: put any price on each post and on
each second of an advisor. What a day is worth is at most what everybody gains after paying these
prices, plus what the posts and seconds there are cost together. A linear program finds good
prices; the bound holds for whatever it finds.
"""

from rejoinder.drill.day import Day
from rejoinder.drill.hindsight.certify import certified
from rejoinder.drill.hindsight.chances import chances
from rejoinder.drill.hindsight.prices import prices
from rejoinder.drill.hindsight.rows import grid, rows
from rejoinder.drill.world import World

BUCKET_S = 1_800.0
SLACK = 1e-9  # of rounding, a share of the bound


def bound(world: World, day: Day, *, bucket_s: float = BUCKET_S) -> float:
    """What no schedule of the day can be worth more than, in the world's weighting.

    `bucket_s` is how long one price holds; shorter is nearer to the truth and slower.
    """
    helped = chances(world, day)
    edges = grid(world, helped, bucket_s)
    found = prices(world, helped, edges, rows(world, edges))
    return certified(world, helped, found) * (1 + SLACK)
