"""How long a check may be begun, how often, and whose pages its links are on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(hours=24)  # to begin it
ANSWERED_WITHIN = timedelta(minutes=15)  # of being sent to the organisation's system
STARTS = 3  # times that somebody may be sent there
MOST, WINDOW = 3, timedelta(days=1)  # checks that are offered in one conversation


class Standing(StrEnum):
    """Of one check at one moment."""

    OFFERED = "offered"
    BEGUN = "begun"
    PASSED = "passed"
    FAILED = "failed"
    ENDED = "ended"  # nobody answered in time, or it was taken back


@dataclass(frozen=True, slots=True)
class Check:
    """What is kept of one; `passed` is None until the organisation's system said it."""

    offered_at: datetime
    begun_at: datetime | None = None
    starts: int = 0
    passed: bool | None = None
    ended_at: datetime | None = None


def standing(check: Check, now: datetime) -> Standing:
    """Where it stands; what was said once stays said."""
    if check.passed is not None:
        return Standing.PASSED if check.passed else Standing.FAILED
    if check.ended_at is not None:
        return Standing.ENDED
    if check.begun_at is not None and now < check.begun_at + ANSWERED_WITHIN:
        return Standing.BEGUN
    spent = check.starts >= STARTS or now >= check.offered_at + LASTS
    return Standing.ENDED if spent else Standing.OFFERED


def may_begin(check: Check, now: datetime) -> bool:
    """Whether somebody may be sent on, also again."""
    here = standing(check, now) in (Standing.OFFERED, Standing.BEGUN)
    return here and check.starts < STARTS and now < check.offered_at + LASTS


def may_settle(check: Check, now: datetime) -> bool:
    """Whether an answer counts: once, and while it is awaited."""
    return standing(check, now) is Standing.BEGUN


def may_offer(times: Sequence[datetime], now: datetime) -> bool:
    """`times` are those of the checks of one conversation."""
    return sum(now - WINDOW < each <= now for each in times) < MOST


def is_ours(host: str, domains: Sequence[str]) -> bool:
    """Whether a host is one of these domains, or below one."""
    name = host.casefold().rstrip(".")
    return any(name == each or name.endswith(f".{each}") for each in domains if each)
