"""What is learned of a limit: from what a platform tells, and from its refusals. Pure.

Two rules. What a platform counted and we did not was spent by others on the same account; it is
entered as theirs, at once. And a cap is believed only as far as it was said of this very limit, by
its name or its window: a bare number may be of another one (Bluesky's headers show the limit of the
address until the account's is nearly used up).

All amounts are millionths of a unit (`amount.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rejoinder.budget import amount
from rejoinder.budget.window import Window, start
from rejoinder.channels.contract import Observed

# Platforms round moments to a second, and waits too.
ROUNDED = timedelta(seconds=2)
# A cap above this is a mistake, not a limit; it also keeps sums within what a column holds.
ABSURD = 10**9 * amount.WHOLE


@dataclass(frozen=True, slots=True)
class Standing:
    """One limit as it stands by our own count.

    `used` is what went in its window by now, `flying` what attempts under way will add, `cost` what
    a reply takes; `estimated` says that nobody published its cap, `corrected` that a person set it.
    """

    name: str
    window: Window
    used: int
    flying: int
    cost: int
    estimated: bool = False
    corrected: bool = False


def meant(
    limits: Sequence[tuple[str, Window]], told: Observed, now: datetime, guard: timedelta
) -> tuple[list[int], bool]:
    """Which of the limits were told of, and whether it was said (by name or window), not guessed.

    Nothing said but a cap: those with this cap whose window can end when it was told to end.
    """
    places = range(len(limits))
    named = [at for at in places if told.name and limits[at][0] == told.name]
    if named:
        return named, True
    if told.window is not None:
        return _by_window(limits, told), True
    if told.name or told.limit is None:
        return [], False
    cap, margin = amount.cap(min(told.limit, 1e12)), guard + ROUNDED
    fitting = [at for at in places if limits[at][1].cap == cap]
    return [at for at in fitting if _may_end(limits[at][1], told.resets_at, now, margin)], False


def _by_window(limits: Sequence[tuple[str, Window]], told: Observed) -> list[int]:
    """Those as long as it; of several those that have its cap."""
    length = timedelta(seconds=min(told.window or 0, 1e9))
    long = [at for at, (_, window) in enumerate(limits) if window.length == length]
    if len(long) < 2 or told.limit is None:
        return long if len(long) < 2 else []
    cap = amount.cap(min(told.limit, 1e12))
    return [at for at in long if limits[at][1].cap == cap]


def _may_end(window: Window, at: datetime | None, now: datetime, margin: timedelta) -> bool:
    if at is None:
        return True
    if window.fixed:
        return abs(start(window, now) + window.length - at) <= margin
    return now - margin <= at <= now + window.length + margin


def others(standing: Standing, told: Observed) -> int:
    """What others must have spent in this window, at least, for the platform to tell this.

    What is under way may be counted by the platform already, so it is taken as if it were: nothing
    of ours is ever counted twice.
    """
    cap, left = _told(standing, told)
    if left is None:
        return 0
    theirs = cap - left - standing.used - standing.flying
    # More than the whole limit would close it no further.
    return max(0, min(theirs, standing.window.cap))


def _told(standing: Standing, told: Observed) -> tuple[int, int | None]:
    cap = standing.window.cap if told.limit is None else amount.cap(min(told.limit, 1e12))
    if told.remaining is not None:
        return cap, amount.cap(min(told.remaining, 1e12))
    if told.share_used is not None:
        return cap, cap - int(cap * min(max(told.share_used, 0.0), 1.0))
    return cap, None


def used_up(told: Observed, cost: int) -> bool:
    """Whether the platform says that not even one more reply fits."""
    if told.remaining is not None:
        return amount.cap(min(told.remaining, 1e12)) < cost
    return told.share_used is not None and told.share_used >= 1


def stated(standing: Standing, told: Observed) -> int | None:
    """Another cap than we believe, as it was said of this limit. A person's is only lowered.

    A cap under one reply is no cap to believe: nothing would be sent again to hear of a better one.
    """
    if told.limit is None:
        return None
    cap = amount.cap(min(told.limit, 1e12))
    if not standing.cost <= cap <= ABSURD or cap == standing.window.cap:
        return None
    return None if standing.corrected and cap > standing.window.cap else cap


def refused(
    standings: Sequence[Standing], frees: Sequence[datetime], lets_in: datetime
) -> tuple[int, int] | None:
    """Which limit a refusal without a reason must have met, and the cap that explains it.

    `frees` is when the first of what is used leaves each, `lets_in` when the platform lets us in
    again. The limit of which the two agree is the likeliest; then one whose cap nobody published;
    then the one used most. The refused attempt is in `used` already, so one reply less went
    through. None: its cap is no higher anyway, or nothing of ours went through that could have used
    it up; then the wait is all there is to learn.
    """
    ranked = sorted(
        (abs(freed - lets_in) > 2 * ROUNDED, not each.estimated, -_share(each), at)
        for at, (each, freed) in enumerate(zip(standings, frees, strict=True))
        if each.cost > 0
    )
    if not ranked:
        return None
    likeliest = ranked[0][-1]
    standing = standings[likeliest]
    cap = standing.used - standing.cost
    return (likeliest, cap) if standing.cost <= cap < standing.window.cap else None


def _share(standing: Standing) -> float:
    return (standing.used + standing.flying) / standing.window.cap if standing.window.cap else 1.0
