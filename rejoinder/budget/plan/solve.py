"""From what a desk knows to a plan: forecast, prices, who is served when. Pure."""

from dataclasses import dataclass

import numpy as np

from rejoinder.budget.plan import fluid
from rejoinder.budget.plan.belief import (
    ANSWERED,
    ASKED,
    HELD,
    MANY,
    NO_QUESTION,
    STATES,
    true_needs,
)
from rejoinder.budget.plan.demand import Demand, forecast
from rejoinder.budget.plan.groups import binding, groups
from rejoinder.budget.plan.situation import (
    URGENT,
    Floats,
    Ints,
    Situation,
    Waiting,
    Window,
)
from rejoinder.budget.plan.worth import Offer, Worth

CELLS = MANY * STATES
RECENT = 6  # slices that tell what kind of mention comes
AGES = np.array([0.0, 900, 1800, 2700, 3600, 7200, 14400])  # of the waiting, as kinds
GRID = 240.0  # seconds between the ages of the table
OLDEST = 14400.0
LATER = np.array([300.0, 600, 900, 1200, 1500, 1800, 2100, 2400, 2700, 3000, 3600, 5400, 7200])
USUALLY = 0.05  # of mentions are read urgent
CAREFUL = 0.3  # standard deviations by which more are planned for than expected
FEW = 20.0  # mentions with which a share of a channel is held


@dataclass(frozen=True, slots=True)
class Table:
    """What an answer is worth net of its prices: now, and at the best later moment.

    By group, cell and age (every GRID seconds); `plain` is the worth now before any price, less
    the advisor's time.
    """

    now: Floats
    later: Floats
    wait: Floats
    plain: Floats


@dataclass(frozen=True, slots=True)
class Plan:
    """Holds until the next one.

    `windows` are those that may bind, `counted` their numbers by group; `share` is the part of the
    arrivals on the accounts of each group, `urgent` the part that is read urgent there.
    """

    made: float
    until: float
    prices: fluid.Prices
    table: Table
    group: Ints
    counted: list[tuple[int, ...]]
    windows: list[Window]
    share: Floats
    demand: Demand
    urgent: Floats
    worth: Worth


def cells(waiting: Waiting) -> Ints:
    """The cell of everybody who waits: need as read × state of the question."""
    state = np.where(waiting.question < 0, NO_QUESTION, np.where(waiting.answered, ANSWERED, ASKED))
    return waiting.need * STATES + state


def solve(situation: Situation) -> Plan:
    """The plan for now; well under a second."""
    arrivals, now = situation.arrivals, situation.now
    demand = forecast(arrivals, now, situation.until)
    recent = arrivals.counts[-RECENT:].sum(axis=0)
    worth = Worth(true_needs(recent.sum(axis=0)), situation.settings, situation.habits)
    bound = _bound(situation, demand)
    group, counted = groups(arrivals.counts.shape[1], bound)
    edges = fluid.buckets(now, situation.until)
    share = _shares(recent, group, len(counted))
    ahead = np.diff(demand.until(edges) * (1 + CAREFUL * demand.spread(edges)))
    kinds = _kinds(situation, share[:, :, None] * np.maximum(ahead, 0), group)
    supply = fluid.Supply(bound, counted, situation.shifts)
    price = fluid.prices(edges, kinds, worth, supply)
    return Plan(
        made=now,
        until=situation.until,
        prices=price,
        table=table(price, worth, now),
        group=group,
        counted=counted,
        windows=bound,
        demand=demand,
        share=share.sum(axis=1),
        urgent=_urgent(recent) * share.sum(axis=1),
        worth=worth,
    )


def _bound(situation: Situation, demand: Demand) -> list[Window]:
    counts = situation.arrivals.counts
    share = counts.sum(axis=(0, 2, 3)) + 1.0
    ahead = 2 * float(demand.until(np.array([situation.until]))[0]) * share / share.sum()
    waits = np.bincount(situation.waiting.account, minlength=counts.shape[1])
    return binding(situation.windows, waits, ahead, situation.until - situation.now)


def _kinds(situation: Situation, ahead: Floats, group: Ints) -> fluid.Kinds:
    """Who waits, by age, and who will come: `ahead` by group, cell and bucket."""
    waiting = situation.waiting
    place = np.searchsorted(AGES, situation.now - waiting.came, side="right") - 1
    key = (group[waiting.account] * CELLS + cells(waiting)) * len(AGES) + np.clip(place, 0, None)
    here = np.bincount(key, minlength=len(ahead) * CELLS * len(AGES)).reshape(len(ahead), CELLS, -1)
    in_group, in_cell, age = np.nonzero(here)
    to_group, to_cell, bucket = np.nonzero(ahead > fluid.LEAST)
    middle = np.append((AGES[1:] + AGES[:-1]) / 2, AGES[-1])[age]
    waits, comes = here[in_group, in_cell, age], ahead[to_group, to_cell, bucket]
    return fluid.Kinds(
        many=np.concatenate([waits.astype(float), comes]),
        group=np.concatenate([in_group, to_group]),
        cell=np.concatenate([in_cell, to_cell]),
        age=np.concatenate([middle, np.zeros(len(bucket))]),
        bucket=np.concatenate([np.zeros_like(in_cell), bucket]),
    )


def _shares(recent: Ints, group: Ints, many: int) -> Floats:
    """Of the next arrivals, the share in each group and cell; questions will have an answer."""
    by_account = recent.sum(axis=(1, 2)) + FEW / len(recent)
    by_group = np.bincount(group, weights=by_account, minlength=many)
    kinds = recent.sum(axis=0) + FEW / (2 * MANY)
    cell = np.zeros((MANY, STATES))
    cell[:, NO_QUESTION] = kinds[:, 0]
    cell[:, ANSWERED] = kinds[:, 1]
    return np.outer(by_group / by_group.sum(), cell.ravel() / cell.sum())


def _urgent(recent: Ints) -> float:
    """The share of arrivals that is read urgent."""
    return float((recent[:, URGENT].sum() + USUALLY * HELD) / (recent.sum() + HELD))


def table(price: fluid.Prices, worth: Worth, now: float) -> Table:
    """Served now or later, for every group, cell and age."""
    ages = np.arange(0, OLDEST + GRID, GRID)
    cell, age = (each.ravel() for each in np.meshgrid(np.arange(CELLS), ages, indexing="ij"))
    delays = np.concatenate([[0.0], LATER])
    offer = worth.offer(cell, age, np.broadcast_to(delays, (len(cell), len(delays))))
    bucket = price.at(now + delays)
    net = [_net(offer, reply[bucket], price.second[bucket]) for reply in price.reply]
    shape = (len(net), CELLS, len(ages))
    every = np.array(net)
    later = every[:, :, 1:]
    plain = offer.gain[:, 0] - price.second[bucket[0]] * offer.work[:, 0]
    return Table(
        now=every[:, :, 0].reshape(shape),
        later=later.max(axis=2).reshape(shape),
        wait=LATER[later.argmax(axis=2)].reshape(shape),
        plain=plain.reshape(shape[1:]),
    )


def _net(offer: Offer, reply: Floats, second: Floats) -> Floats:
    return np.asarray(offer.gain - offer.there * reply - offer.work * second)
