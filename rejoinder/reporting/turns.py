"""Turns that a lead changed: who was answered before others who waited, by whom and why.

It stays in the report however long ago the conversation ended: a turn that somebody was given is
one that others did not get.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rejoinder.desk.models import TurnChange
from rejoinder.team import access
from rejoinder.team.models import Advisor

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Turns:
    """How many there were, and the newest of them with lead and conversation."""

    many: int
    newest: Sequence[TurnChange]


def turns(actor: Advisor, since: datetime, until: datetime) -> Turns:
    """Those of `since` ≤ at < `until`, newest first."""
    rows = TurnChange.objects.filter(at__gte=since, at__lt=until)
    found = access.visible(actor, rows).select_related("lead", "conversation")
    return Turns(rows.count(), list(found.order_by("-at", "-id")[:SHOWN]))
