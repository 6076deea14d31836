"""One day of a world, drawn once from a seed: every policy plays the same day. Pure.

Each quantity has a stream of random numbers of its own, so that moving one assumption leaves the
others as they were.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.surges import floods_a_minute, surges_a_minute, usual_a_minute
from rejoinder.drill.world import HOUR_S, World
from rejoinder.listening.read.words import NEEDS

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Streams = dict[str, np.random.Generator]

MINUTES = 1_440
VARIES = 4.0  # shape of the gamma that handling times are drawn from: sd is half the mean
ASKS = 3  # urgent, specific, common: who has one of these needs asks something
COMMON, NONE = NEEDS.index("common"), NEEDS.index("none")
_STREAMS = (
    *("counts", "moments", "spread", "need", "channel", "patience", "handling", "pointer"),
    *("followers", "question", "sees", "deflected", "repeats", "reads", "matches", "settles"),
    *("person", "private", "leaves", "clients"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """What happens, whoever plays it: arrays over the mentions in order of time.

    Times and spans are seconds, times from the world's start. `need` and `seen_need` index NEEDS,
    `channel` the world's channels, `question` and `seen_question` its questions (-1: none).
    `seen_*` is what the desk reads; the rest of a pair is the truth. `pointer_s` is the time for a
    short reply that points to a public answer; `settles` whether it would settle the question.
    Somebody who `sees` a public answer does so `sees_after_s` after the later of asking and
    publication; somebody `deflected` does not ask when the answer is out before. `repeats_at` is
    inf for most; somebody who `leaves_unseen` gives up without a sign.
    `other_*` are posts on our accounts by other clients.
    """

    at: Floats
    person: Ints
    channel: Ints
    need: Ints
    seen_need: Ints
    question: Ints
    seen_question: Ints
    patience_s: Floats
    followers: Floats
    handling_s: Floats
    pointer_s: Floats
    settles: Bools
    sees: Bools
    sees_after_s: Floats
    deflected: Bools
    repeats_at: Floats
    leaves_unseen: Bools
    other_at: Floats
    other_account: Ints
    other_seen_at: Floats

    def __len__(self) -> int:
        return len(self.at)


def draw(world: World, seed: int) -> Day:
    """The day of a world for a seed (0 or more); the same for the same two."""
    drawn = streams(seed)
    at, flood = _arrivals(world, drawn)
    need = np.where(flood, NONE, _pick(world.need_share.values(), len(at), drawn["need"]))
    person, writes = _people(need, flood, drawn["person"])
    return complete(world, drawn, at, need, person=person, writes=writes)


def streams(seed: int) -> Streams:
    """Random numbers for each quantity of a day, by its name."""
    return {name: np.random.default_rng([seed, n]) for n, name in enumerate(_STREAMS)}


def complete(
    world: World, drawn: Streams, at: Floats, need: Ints, *, person: Ints, writes: Ints
) -> Day:
    """All else about mentions whose moments, needs and people are known.

    `writes` is the mention whose writer's channel and followers each one has.
    """
    count = len(at)
    question = _questions(world, at, need == COMMON, drawn["question"])
    handling = _gamma(np.array(world.handling_s.values())[need], drawn["handling"])
    pointer = _gamma(np.full(count, world.pointer_s), drawn["pointer"])
    repeats = drawn["repeats"].uniform(size=count) < world.repeats_share
    again = at + drawn["repeats"].exponential(world.repeats_after_s, count)
    other_at, other_account, other_seen_at = _clients(world, drawn["clients"])
    return Day(
        at=at,
        person=person,
        channel=_channels(world, need, drawn)[writes],
        need=need,
        seen_need=_seen_need(world, need, drawn["reads"]),
        question=question,
        seen_question=_seen_question(world, at, question, drawn["matches"]),
        patience_s=drawn["patience"].exponential(np.array(world.patience_s.values())[need]),
        followers=np.exp(drawn["followers"].normal(5.3, 1.6, count))[writes],
        handling_s=handling,
        pointer_s=np.minimum(pointer, handling),
        settles=drawn["settles"].uniform(size=count) < world.pointer_settles,
        sees=drawn["sees"].uniform(size=count) < world.sees_share,
        sees_after_s=drawn["sees"].exponential(world.sees_after_s, count),
        deflected=(drawn["deflected"].uniform(size=count) < world.deflected_share)
        & (question >= 0),
        repeats_at=np.where(repeats, again, np.inf),
        leaves_unseen=drawn["leaves"].uniform(size=count) < world.leaves_unseen,
        other_at=other_at,
        other_account=other_account,
        other_seen_at=other_seen_at,
    )


def _arrivals(world: World, drawn: Streams) -> tuple[Floats, Bools]:
    """When each mention comes, in order, and whether it is one of a flood."""
    spread = drawn["spread"]
    expected = usual_a_minute(world) + surges_a_minute(world) * _spread(
        world.surge_spread, 1, spread
    )
    expected *= _spread(world.minute_spread, MINUTES, spread)
    crowd = _moments(drawn["counts"].poisson(expected), drawn["moments"])
    flood = drawn["counts"].poisson(floods_a_minute(world))
    one = _moments(flood, drawn["moments"])
    at = np.concatenate([crowd, one])
    order = np.argsort(at, kind="stable")
    return at[order], (np.arange(len(at)) >= len(crowd))[order]


def _spread(deviation: float, count: int, stream: np.random.Generator) -> Floats:
    """Factors around 1 with a standard deviation."""
    if deviation == 0:
        return np.ones(count)
    shape = deviation**-2
    return stream.gamma(shape, 1 / shape, count)


def _moments(counts: NDArray[np.int64], stream: np.random.Generator) -> Floats:
    minute: Floats = np.repeat(np.arange(MINUTES) * 60.0, counts)
    return minute + stream.uniform(0, 60, len(minute))


def _pick(weights: tuple[float, ...], count: int, stream: np.random.Generator) -> Ints:
    shares = np.cumsum(weights)[:-1] / sum(weights)
    return np.searchsorted(shares, stream.uniform(size=count), side="right")


def _people(need: Ints, flood: Bools, stream: np.random.Generator) -> tuple[Ints, Ints]:
    """Who writes each mention, and the first mention of theirs in the array.

    Each question is one person's. Who lets off steam or abuses is somebody who also asks that day;
    a flood is one person more, who needs nothing.
    """
    asks = np.flatnonzero((need < ASKS) & ~flood)
    writes = np.arange(len(need))
    rest = np.flatnonzero((need >= ASKS) & ~flood)
    if len(asks):
        writes[rest] = stream.choice(asks, len(rest))
    if flood.any():
        writes[flood] = np.flatnonzero(flood)[0]
    _, person = np.unique(writes, return_inverse=True)
    return person, writes


def _channels(world: World, need: Ints, drawn: Streams) -> Ints:
    """Where each person writes; some of X with an urgent or specific need can do it in private."""
    count, places = len(need), world.places()
    channel = _pick(tuple(one.share for one in world.channels), count, drawn["channel"])
    if "x" in places and "x-private" in places:
        asked = drawn["private"].uniform(size=count) < world.private_share
        channel[asked & (channel == places["x"]) & (need < COMMON)] = places["x-private"]
    return channel


def _questions(world: World, at: Floats, asks: Bools, stream: np.random.Generator) -> Ints:
    """One of the questions that have begun, by weight; -1 where none is asked."""
    luck = stream.uniform(size=len(at))
    if not world.questions:
        return np.full(len(at), -1)
    begins = np.array([one.begins_h for one in world.questions]) * HOUR_S
    weight = np.array([one.weight for one in world.questions])
    known = np.cumsum((begins <= at[:, None]) * weight, axis=1)
    chosen: Ints = (known <= luck[:, None] * known[:, -1:]).sum(axis=1)
    return np.where(asks & (known[:, -1] > 0), chosen, -1)


def _seen_need(world: World, need: Ints, stream: np.random.Generator) -> Ints:
    """What the desk reads: right for a share of each need, else another need by weight."""
    wrong = np.tile(world.read_wrong.values(), (len(NEEDS), 1))
    np.fill_diagonal(wrong, 0)
    total = np.cumsum(wrong, axis=1)[need]
    right = stream.uniform(size=len(need)) < np.array(world.read_right.values())[need]
    other = (total <= stream.uniform(size=len(need))[:, None] * total[:, -1:]).sum(axis=1)
    return np.where(right | (total[:, -1] == 0), need, other)


def _seen_question(world: World, at: Floats, question: Ints, stream: np.random.Generator) -> Ints:
    """The question the desk takes it for: most that are asked, and some that nobody asked."""
    luck = stream.uniform(size=len(at))
    taken_for = _questions(world, at, question < 0, stream)
    found = np.where(luck < world.matched_share, question, -1)
    mistaken = np.where(luck < world.mismatched_share, taken_for, -1)
    return np.where(question >= 0, found, mistaken)


def _gamma(mean: Floats, stream: np.random.Generator) -> Floats:
    times: Floats = stream.gamma(VARIES, 1 / VARIES, len(mean)) * mean
    return times


def _clients(world: World, stream: np.random.Generator) -> tuple[Floats, Ints, Floats]:
    """Posts by other clients: when, on which account, and when our timeline shows them."""
    places = world.places()
    at = [
        stream.uniform(one.from_h * HOUR_S, one.to_h * HOUR_S, one.posts) for one in world.clients
    ]
    account = [np.full(one.posts, places[one.account]) for one in world.clients]
    seen = [moments + one.seen_s for moments, one in zip(at, world.clients, strict=True)]
    if not at:
        return np.zeros(0), np.zeros(0, dtype=np.intp), np.zeros(0)
    moments = np.concatenate(at)
    order = np.argsort(moments, kind="stable")
    return moments[order], np.concatenate(account)[order], np.concatenate(seen)[order]
