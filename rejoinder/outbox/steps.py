"""The steps of what leaves: each one conditional UPDATE, told to the open pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from rejoinder.outbox.models import Leaving, State
from rejoinder.outbox.ways import way_of
from rejoinder.plumbing import live

# What the steps change.
_MOVING = (
    "reservation_id",
    "due_at",
    "sender",
    "sending_at",
    "attempts",
    "words",
    "sent_at",
    "external_id",
    "url",
)


def move(
    row: Leaving,
    before: Iterable[State],
    after: State,
    seen: Mapping[str, Any] | None = None,
    **values: Any,
) -> bool:
    """One step: a conditional UPDATE whose row count decides. Updates the object too.

    `before` lists the states it may come from, `seen` what else must be as it was. False:
    somebody else moved it; the object is read anew, so that its state tells.
    """
    way = way_of(row)
    still = way.model.objects.filter(id=row.pk, state__in=before, **(seen or {}))
    moved = bool(still.update(state=after, **values))
    row.refresh_from_db(fields=["state", *_MOVING, *way.keeps])
    if moved:
        changed(row)
    return moved


def changed(row: Leaving) -> None:
    """Open pages of what it is about, and of its account, look again."""
    live.changed(*way_of(row).topics(row), live.account(row.account.public_id))
