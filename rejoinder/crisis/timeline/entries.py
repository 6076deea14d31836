"""Reading the timeline and the promises of a crisis back."""

from rejoinder.crisis.models import Crisis, Entry, Promise

SHOWN = 20


def newest(crisis: Crisis, many: int | None = SHOWN) -> list[Entry]:
    """The newest lines first; all of them with None."""
    lines = crisis.entries.select_related("by").order_by("-at", "-id")
    return list(lines if many is None else lines[:many])


def promises(crisis: Crisis) -> list[Promise]:
    """Open ones first, the one due first at the front; then those kept, newest first."""
    rows = crisis.promises.select_related("keeper", "conversation__person", "kept_by", "made_by")
    waiting = rows.filter(kept_at=None).order_by("due_at", "id")
    kept = rows.filter(kept_at__isnull=False).order_by("-kept_at", "-id")
    return [*waiting, *kept]
