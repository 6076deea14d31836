"""Deleting what had its time, round by round, by itself."""

from datetime import datetime
from itertools import islice

from django.db import transaction

from rejoinder.plumbing import clock
from rejoinder.privacy import rights
from rejoinder.privacy.retention import periods, rules
from rejoinder.privacy.retention.holds import HeldError
from rejoinder.team import audit

EVERY = 600.0  # seconds between two rounds
MOST = 500  # people in one round
ACTOR = "job retention"


def run() -> int:
    """One round; how many people were forgotten and values deleted."""
    kept, now = periods.kept(), clock.now()
    people = sum(
        _people(channel, rules.before(now, days), days) for channel, days in kept.channels.items()
    )
    values = _values(kept)
    if people or values:
        rights.tidy()
    return people + values


def _people(channel: str, before: datetime, days: int) -> int:
    """Each is erased as if they had asked for it, and the ledger has it."""
    done = 0
    for person in list(islice(periods.people(channel, before), MOST)):
        try:
            rights.erase(person, ACTOR, f"kept {days} days on {channel}", tidy_after=False)
        except HeldError:  # placed in this very moment
            continue
        done += 1
    if done:
        audit.line(None, "deleted what had its time", channel, people=done, days=days)
    return done


def _values(kept: periods.Periods) -> int:
    with transaction.atomic():
        done = sum(rows.delete()[0] for rows in list(periods.values(kept.purposes, clock.now())))
        if done:
            audit.line(None, "deleted what had its time", "vault", values=done)
    return done
