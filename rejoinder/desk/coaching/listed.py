"""What waits for a look, and how earlier drafts of trainees left."""

from collections.abc import Sequence

from rejoinder.desk.coaching.actions import waiting
from rejoinder.desk.models import DraftReview
from rejoinder.team import access
from rejoinder.team.models import Advisor

SHOWN = 50


def any_learns(reader: Advisor, team: Sequence[Advisor]) -> bool:
    """Whether the page says anything to this reader in a team."""
    return access.may(reader, access.DRAFT) and any(map(access.is_learning, team))


def to_look_at(reader: Advisor) -> Sequence[DraftReview]:
    """Drafts that wait, the longest first: all for who answers, their own for who learns."""
    rows = waiting() if access.may(reader, access.ANSWER) else waiting().filter(trainee=reader)
    shown = access.visible(reader, rows).select_related("trainee", "conversation__person")
    return list(shown.order_by("asked_at", "id")[:SHOWN])


def lately(reader: Advisor) -> Sequence[DraftReview]:
    """How drafts ended, newest first: one's own, or those that one looked at."""
    ended = DraftReview.objects.filter(ended_at__isnull=False)
    rows = ended.filter(trainee=reader) | ended.filter(mentor=reader)
    shown = access.visible(reader, rows)
    with_all = shown.select_related("trainee", "mentor", "conversation__person", "reply")
    return list(with_all.order_by("-ended_at", "-id")[:SHOWN])
