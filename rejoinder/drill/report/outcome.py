"""Who had an answer and when, told again from what a drill prints and nothing else. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.result import Arrival, Result
from rejoinder.drill.world import HOUR_S
from rejoinder.listening.read.words import NEEDS

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Arrays over the arrivals; moments in seconds from the world's start.

    `need` indexes NEEDS, `channel` the world's channels. `answered_at` is inf for who had none,
    and `until` when somebody stopped waiting, by an answer or without.
    """

    at: Floats
    need: Ints
    channel: Ints
    followers: Floats
    answered_at: Floats
    until: Floats

    @property
    def soon(self) -> Bools:
        """Who had an answer within the hour."""
        return self.answered_at - self.at <= HOUR_S


def outcome(run: Result) -> Outcome:
    """What became of everybody."""
    places = {channel.name: place for place, channel in enumerate(run.world.channels)}
    at = np.array([one.at for one in run.arrivals])
    answered = _answered(run)
    gone = at + np.array([one.patience_s for one in run.arrivals])
    return Outcome(
        at=at,
        need=np.array([NEEDS.index(one.need) for one in run.arrivals], dtype=np.intp),
        channel=np.array([places[one.channel] for one in run.arrivals], dtype=np.intp),
        followers=np.array([one.followers for one in run.arrivals]),
        answered_at=answered,
        until=np.where(np.isfinite(answered), answered, gone),
    )


def _answered(run: Result) -> Floats:
    """By the public answer where somebody saw it in time, else by a reply that helped."""
    begun = {one.mention: one.at for one in run.decisions if one.do in ("answer", "point")}
    published = {one.question: one.at for one in run.posts if one.kind == "update" and one.accepted}
    helped: dict[int | None, float] = {}
    for post in run.posts:
        if post.accepted and post.mention is not None and post.kind in ("reply", "pointer"):
            whom = run.arrivals[post.mention]
            there = begun.get(post.mention, post.at) <= whom.at + whom.patience_s
            if there and (post.kind == "reply" or whom.settles):
                helped[post.mention] = post.at
    return np.array(
        [
            _by_public_answer(one, published.get(one.question), begun.get(one.id, np.inf))
            or helped.get(one.id, np.inf)
            for one in run.arrivals
        ]
    )


def _by_public_answer(one: Arrival, out_at: float | None, begun_at: float) -> float | None:
    """When somebody read the public answer, or None."""
    if one.question is None or out_at is None:
        return None
    if one.deflected and out_at <= one.at:
        return one.at
    if one.sees_after_s is None:
        return None
    sees_at = max(one.at, out_at) + one.sees_after_s
    return sees_at if sees_at <= min(one.at + one.patience_s, begun_at) else None
