"""Claiming the next conversation of the queue: the one place where the two databases differ."""

from django.db import connection

from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor

# One statement on the index `queue_free`. PostgreSQL steps over rows that another is claiming;
# SQLite has one writer at a time.
_CLAIM = """
UPDATE listening_conversation SET holder_id = %s, held_at = %s
WHERE id = (
    SELECT id FROM listening_conversation
    WHERE waiting_since IS NOT NULL AND holder_id IS NULL
    ORDER BY need, waiting_since, id LIMIT 1 {skip}
) RETURNING id
"""


def claim(actor: Advisor) -> int | None:
    """The id of the conversation that is now the actor's; None when nobody waits."""
    skip = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    at = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(skip=skip), [actor.pk, at])
        row = cursor.fetchone()
    return row[0] if row else None
