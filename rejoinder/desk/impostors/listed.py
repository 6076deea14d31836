"""The page of impostors: those that are open, the ones that answer people first."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from rejoinder.desk.impostors import actions
from rejoinder.desk.models import Impostor
from rejoinder.listening.models import Conversation, Mention
from rejoinder.team import access
from rejoinder.team.models import Advisor

SHOWN = 50
SAID = 3  # of their newest words, shown at once


@dataclass(frozen=True, slots=True)
class Shown:
    """One with what it said, whom it answered, and the warning to post."""

    row: Impostor
    said: list[Mention]
    answered: list[Conversation]
    warning: str


def open_ones(reader: Advisor, tongue: str) -> list[Shown]:
    """Those about which something is to do; `tongue` is the language of the warning."""
    rows = access.visible(reader, _rows().filter(end=""))
    found = rows.order_by(F("answers_at").desc(nulls_last=True), "-found_at", "-id")[:SHOWN]
    return [_shown(row, tongue) for row in found]


def ended(reader: Advisor) -> list[Impostor]:
    """What was closed, newest first."""
    rows = access.visible(reader, _rows().exclude(end=""))
    return list(rows.select_related("ended_by").order_by("-ended_at", "-id")[:SHOWN])


def answering(reader: Advisor) -> int:
    """How many open ones answer people."""
    rows = Impostor.objects.filter(end="", answers_at__isnull=False, reported_at=None)
    return access.visible(reader, rows).count()


def _rows() -> QuerySet[Impostor]:
    return Impostor.objects.select_related("person", "account", "reported_by")


def _shown(row: Impostor, tongue: str) -> Shown:
    said = actions.evidence(row)
    whom = actions.whom_they_answered(row, said) if row.answers_at else []
    return Shown(row, said[:SAID], whom, actions.warning(row, tongue))
