"""Who is called when, and how a webhook is signed. Pure.

Leads and owners are called first; when nobody sees to it in time, everybody who answers is.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST, EVERYBODY = 1, 2  # rounds of a call
ESCALATES = timedelta(minutes=10)
AGAIN = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be called."""

    number: int
    steers: bool
    answers: bool


def round_due(called_at: datetime, now: datetime) -> int:
    """How far a call has come to which nobody sees."""
    return EVERYBODY if now - called_at >= ESCALATES else FIRST


def called(team: Sequence[Colleague], round_: int) -> list[int]:
    """Whom a round calls: who steers, then everybody; everybody at once where nobody steers."""
    steering = [one.number for one in team if one.steers]
    if round_ < EVERYBODY and steering:
        return steering
    return [one.number for one in team if one.answers or one.steers]


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a delivery that failed is tried again; None: never."""
    return now + AGAIN[attempts - 1] if attempts <= len(AGAIN) else None


def signature(secret: str, at: int, body: bytes) -> str:
    """`t=…,v1=…`: HMAC-SHA-256 over the second, a full stop and the body, so that neither changes.

    Who receives it computes the same, compares in constant time, and refuses an old second.
    """
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"
