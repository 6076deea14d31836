"""Claiming the next conversation of the queue: the one place where the two databases differ."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from rejoinder.desk.fairness import HOUR, Mode
from rejoinder.listening.models import Need
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor

_FREE = """
SELECT id FROM listening_conversation
WHERE waiting_since IS NOT NULL AND holder_id IS NULL AND (kept_back IS NULL OR need = 0)
{spared} {which}
ORDER BY need, waiting_since, id LIMIT 1 {skip}
"""
# Within the hour: of each need first those whom an answer still reaches in time, then the others.
_IN_TIME = "AND need = {need} AND waiting_since >= %s"
_PAST = "AND need = {need} AND waiting_since < %s"
_NO_ABUSE = """need <> {abuse} AND NOT EXISTS (
    SELECT 1 FROM listening_mention WHERE listening_mention.id = last_mention_id
    AND reading IS NOT NULL AND (reading ->> 'abuse') IN ({true}))"""
_TRUE = {"sqlite": "1", "postgresql": "'true'"}
_CLAIM = """
UPDATE listening_conversation SET holder_id = %s, held_at = %s WHERE id = ({first}) RETURNING id
"""


class Spared(StrEnum):
    """What somebody is not given."""

    NOTHING = ""
    ABUSE = f"AND (need = 0 OR {_NO_ABUSE})"  # borne enough: yet nobody in urgent need waits
    HARD = f"AND need <> 0 AND {_NO_ABUSE}"  # learning


def claim(actor: Advisor, mode: Mode = "strict", *, spared: Spared = Spared.NOTHING) -> int | None:
    """The id of the conversation that is now the actor's; None when nobody waits.

    One statement on the index `queue_free`. PostgreSQL steps over rows that another is claiming;
    SQLite has one writer at a time.
    """
    skip = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    abuse = spared.format(abuse=int(Need.ABUSE), true=_TRUE[connection.vendor])
    now, adapt = clock.now(), connection.ops.adapt_datetimefield_value
    values: list[Any] = [actor.pk, adapt(now)]
    if mode == "strict":
        first = _FREE.format(which="", skip=skip, spared=abuse)
    else:
        turns = [turn.format(need=int(need)) for need in Need for turn in (_IN_TIME, _PAST)]
        asked = [f"({_FREE.format(which=turn, skip=skip, spared=abuse)})" for turn in turns]
        first = f"coalesce({', '.join(asked)})"
        values += [adapt(now - timedelta(seconds=HOUR))] * len(turns)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(first=first), values)
        row = cursor.fetchone()
    return row[0] if row else None
