"""Of one subject only the newest number leaves; earlier ones are withdrawn for it."""

from rejoinder.budget import actions as budget
from rejoinder.outbox.models import LEAVING, Leaving, Publication, State
from rejoinder.outbox.publication import versions
from rejoinder.outbox.steps import move
from rejoinder.outbox.ways import way_of


def keep_newest(row: Leaving) -> None:
    """Call it with the account held, whenever a number was queued or is queued again."""
    if not isinstance(row, Publication):
        return
    known = versions(row)
    newest = known.exclude(state=State.WITHDRAWN).order_by("-number").first()
    if newest is not None:
        leaving = known.filter(state__in=LEAVING, number__lt=newest.number)
        for older in leaving.select_related("account").order_by("id"):
            _replace(older, newest.number)
    row.refresh_from_db()


def _replace(older: Publication, number: int) -> None:
    kept = older.reservation_id
    if move(older, LEAVING, State.WITHDRAWN, replaced_by=number, reservation_id=None):
        budget.release(kept)
        way_of(older).tell(older)
