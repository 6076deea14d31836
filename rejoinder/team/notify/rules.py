"""Who is called when, and how a webhook is signed. Pure.

Who is on duty is called first; where no rota is kept, or nobody is on duty by it, leads and owners
are. When nobody sees to it in time, everybody who answers is called. Whoever is away is left alone
as long as anybody else can be called.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FIRST, EVERYBODY = 1, 2  # rounds of a call
ESCALATES = timedelta(minutes=10)
AGAIN = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be called."""

    number: int
    steers: bool
    answers: bool
    on_duty: bool = False
    away: bool = False


class Whom(StrEnum):
    """Who was called first, and why."""

    ON_DUTY = "on duty"
    NO_ROTA = "no rota"  # leads, because nobody wrote any hours
    NOBODY = "nobody"  # leads, because nobody is on duty by the rota


def whom(team: Sequence[Colleague], *, is_kept: bool) -> Whom:
    """Who is called first by a team whose rota is kept, or is not."""
    if any(one.on_duty for one in team):
        return Whom.ON_DUTY
    return Whom.NOBODY if is_kept else Whom.NO_ROTA


def round_due(called_at: datetime, now: datetime) -> int:
    """How far a call has come to which nobody sees."""
    return EVERYBODY if now - called_at >= ESCALATES else FIRST


def called(team: Sequence[Colleague], round_: int) -> list[int]:
    """Whom a round calls, by number."""
    there = [one for one in team if not one.away and (one.answers or one.steers)]
    able = there or [one for one in team if one.answers or one.steers]
    if round_ >= EVERYBODY:
        return [one.number for one in able]
    first = [one for one in able if one.on_duty] or [one for one in able if one.steers]
    return [one.number for one in first or able]


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a delivery that failed is tried again; None: never."""
    return now + AGAIN[attempts - 1] if attempts <= len(AGAIN) else None


def signature(secret: str, at: int, body: bytes) -> str:
    """`t=…,v1=…`: HMAC-SHA-256 over the second, a full stop and the body, so that neither changes.

    Who receives it computes the same, compares in constant time, and refuses an old second.
    """
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"
