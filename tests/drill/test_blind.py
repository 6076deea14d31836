"""The plan's turns on a thousand random queues, byte for byte, whoever is followed by how many."""

import msgspec
import numpy as np

from rejoinder.drill.day import Day, draw
from rejoinder.drill.limits import Limit
from rejoinder.drill.policies import Known, Turn
from rejoinder.drill.policies.bid_price import BidPrice
from rejoinder.drill.sight import Sight
from rejoinder.drill.spending import Spending
from rejoinder.drill.world import World

QUEUES, PLANS, PEOPLE = 1000, 5, 60
WORLD = World(limits=(Limit("x", "a day", PEOPLE, 86_400),))
DAYS = [draw(WORLD, seed) for seed in range(PLANS)]


def started() -> BidPrice:
    policy = BidPrice()
    policy.start(
        Known(
            channels=tuple(WORLD.places()),
            limits=WORLD.rules(),
            shifts=WORLD.shifts,
            usual=np.full(1440, 0.5),
            worth=np.array(WORLD.worth()),
            update=0,
            writing_s=720,
        )
    )
    return policy


def queue(day: Day, some: np.ndarray, spent: int) -> Sight:
    """What the desk sees of these mentions when the last of them has come."""
    spending = Spending(WORLD)
    for _ in range(spent):
        spending.reserve(spending.reply(0))
    sight = Sight(day, len(WORLD.questions), spending)
    for mention in some:
        sight.hear(day, int(mention))
    sight.being_written[:] = True  # so that each turn is somebody's
    sight.turn_to(float(day.at[some[-1]]))
    return sight


def turn(policy: BidPrice, sight: Sight, followers: np.ndarray) -> bytes:
    sight.followers[:] = followers
    policy.counted = 0  # each queue is a desk of its own, with the plan of the first
    found: Turn = policy.turn(sight)
    held = {why: places.tolist() for why, places in sorted(found.held.items())}
    return msgspec.json.encode((found.move, held))


def test_followers_change_no_byte_of_a_thousand_queues() -> None:
    random = np.random.default_rng(4)
    moves: set[bytes] = set()
    for day in DAYS:
        plain, famous = started(), started()
        for _ in range(QUEUES // PLANS):
            some = np.sort(random.choice(len(day) // 2, PEOPLE, replace=False))
            followers, spent = (
                random.lognormal(5.3, 1.6, PEOPLE),
                int(random.integers(0, PEOPLE + 1)),
            )
            # The plan of the first queue serves them all, so that they take no time to solve.
            sight = queue(day, some, spent)
            one = turn(plain, sight, followers)
            other = turn(famous, sight, random.permutation(followers))
            assert one == other
            moves.add(one)
            plain.plans_at = famous.plans_at = plain.looks_at = famous.looks_at = np.inf
    assert len(moves) > QUEUES / 2
