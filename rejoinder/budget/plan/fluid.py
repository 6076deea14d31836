"""The fluid plan: everybody who waits or will come as quantities, and the prices it leads to. Pure.

A linear program (HiGHS through SciPy) serves the expected people of each kind after one of a few
delays, within every limit and the advisors' time. What its dual says one more reply or one more
advisor second would be worth is the bid price (Talluri & van Ryzin 2004, chapter 3); solved again
as the day goes on, it stays near the best that could have been done (Bumpensanti & Wang 2020).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from rejoinder.budget.plan.situation import Floats, Ints, Shifts, Window
from rejoinder.budget.plan.worth import Worth

DELAYS = np.array([0.0, 1500, 2700, 5400])
NEAR = np.array([0.0, 900, 1800, 2700, 3600, 5400, 7200])
STEP = 3600.0
AT_WORK = 0.92  # share of a shift in which an advisor answers
LEAST = 0.01  # people; fewer are no kind of their own


@dataclass(frozen=True, slots=True)
class Kinds:
    """People as quantities: how many, of which group and cell, how old, from which bucket on."""

    many: Floats
    group: Ints
    cell: Ints
    age: Floats
    bucket: Ints


@dataclass(frozen=True, slots=True)
class Prices:
    """By bucket: of one reply (group, bucket), of one advisor second; `edges` are moments.

    `posts` are the replies that the plan spends (group, bucket).
    """

    edges: Floats
    reply: Floats
    second: Floats
    posts: Floats

    def at(self, moment: Floats) -> Ints:
        """The bucket of each moment; the last goes on for ever."""
        found = np.searchsorted(self.edges, moment, side="right") - 1
        return np.clip(found, 0, len(self.second) - 1)


def buckets(now: float, until: float) -> Floats:
    """Moments between the buckets: fine at first, hours later on."""
    far = np.arange(now + NEAR[-1] + STEP, until, STEP)
    inner = np.concatenate([now + NEAR[1:], far])
    return np.concatenate([[now], inner[inner < until - 1], [max(until, now + 1)]])


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is to spend: `counted[group]` are the windows that count a group's posts."""

    windows: list[Window]
    counted: list[tuple[int, ...]]
    shifts: Shifts


def prices(edges: Floats, kinds: Kinds, worth: Worth, supply: Supply) -> Prices:
    """The bid prices between now, the first of the edges, and the last."""
    columns = _columns(edges, kinds, worth)
    rows, right = _rows(edges, columns, kinds, supply)
    many, groups = len(edges) - 1, len(supply.counted)
    cost = np.concatenate([-columns.gain, np.zeros(groups * many)])
    solved = linprog(cost, A_ub=rows, b_ub=right, method="highs")
    if solved.status != 0:
        nothing = np.zeros((groups, many))
        return Prices(edges, nothing, np.zeros(many), nothing)
    dual = -np.asarray(solved.ineqlin.marginals)[len(kinds.many) :]
    reply = dual[: groups * many].reshape(groups, many)
    second = dual[groups * many : (groups + 1) * many]
    posts = np.asarray(solved.x)[-groups * many :].reshape(groups, many)
    return Prices(edges, reply, second, posts)


@dataclass(frozen=True, slots=True)
class _Columns:
    """One column: a kind served in a bucket."""

    kind: Ints
    bucket: Ints
    gain: Floats
    there: Floats
    work: Floats


def _columns(edges: Floats, kinds: Kinds, worth: Worth) -> _Columns:
    middle = (edges[1:] + edges[:-1]) / 2
    came = np.where(kinds.age > 0, edges[0], middle[kinds.bucket])
    moment = came[:, None] + DELAYS
    delay = np.broadcast_to(DELAYS, moment.shape)
    offer = worth.offer(kinds.cell, kinds.age, delay)
    kind, option = np.nonzero((offer.gain > 1e-6) & (moment < edges[-1]))
    bucket = np.searchsorted(edges, moment[kind, option], side="right") - 1
    pick = (kind, option)
    return _Columns(kind, bucket, offer.gain[pick], offer.there[pick], offer.work[pick])


def _rows(
    edges: Floats, columns: _Columns, kinds: Kinds, supply: Supply
) -> tuple[coo_array, Floats]:
    """People of a kind, posts of a group by bucket, seconds by bucket, then the windows."""
    many, people, own = len(edges) - 1, len(kinds.many), len(columns.kind)
    here = np.arange(own)
    totals = np.arange(len(supply.counted) * many)
    posts = people + kinds.group[columns.kind] * many + columns.bucket
    time = people + len(totals) + columns.bucket
    limits, caps = _windows(edges, supply)
    entries = [
        (columns.kind, here, np.ones(own)),
        (posts, here, columns.there),
        (people + totals, own + totals, np.full(len(totals), -1.0)),
        (time, here, columns.work),
        (people + len(totals) + many + limits.row, own + limits.col, limits.data),
    ]
    row, column, value = (np.concatenate(part) for part in zip(*entries, strict=True))
    seconds = _seconds(edges, supply.shifts)
    right = np.concatenate([kinds.many, np.zeros(len(totals)), seconds, caps])
    return coo_array((value, (row, column)), shape=(len(right), own + len(totals))), right


def _seconds(edges: Floats, shifts: Shifts) -> Floats:
    """Advisor seconds in each bucket."""
    moments = np.append(np.maximum(shifts.at, 0), max(edges[-1], shifts.at[-1]) + 1)
    sums = np.concatenate([[0.0], np.cumsum(np.diff(moments) * shifts.advisors)])
    return np.asarray(AT_WORK * np.diff(np.interp(edges, moments, sums)))


def _windows(edges: Floats, supply: Supply) -> tuple[coo_array, Floats]:
    """Each window as it ends with each bucket: which part of each bucket's posts it counts."""
    many = len(edges) - 1
    width = np.diff(edges)
    blocks, caps = [], []
    for number, window in enumerate(supply.windows):
        begins, ends = _spans(edges, window)
        overlap = np.minimum(ends[:, None], edges[1:]) - np.maximum(begins[:, None], edges[:-1])
        part = np.clip(overlap, 0, None) / width
        mine = [number in own for own in supply.counted]
        blocks.append(np.hstack([part if own else 0 * part for own in mine]))
        caps.append(np.maximum(0, window.cap - _counted(window, begins, ends)))
    if not blocks:
        return coo_array((0, len(supply.counted) * many)), np.zeros(0)
    return coo_array(np.vstack(blocks)), np.concatenate(caps)


def _spans(edges: Floats, window: Window) -> tuple[Floats, Floats]:
    """Begin and end of the windows to hold: every alignment that ends with a bucket, or the fixed.

    Shorter windows than a bucket are held by their share of it.
    """
    if window.ends is None:
        return edges[1:] - window.length, edges[1:]
    ends = np.arange(window.ends, edges[-1] + window.length, window.length)
    return ends - window.length, ends


def _counted(window: Window, begins: Floats, ends: Floats) -> Floats:
    """Replies of the past inside each window."""
    return np.asarray(
        np.searchsorted(window.past, ends) - np.searchsorted(window.past, begins, side="right"),
        dtype=float,
    )
