"""Writing down a line of the timeline, with its audit line and word to the open pages."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.crisis.models import Crisis, Did, Entry, Kind
from rejoinder.crisis.models.entry import WORDS_CAP
from rejoinder.crisis.refusals import CannotError
from rejoinder.plumbing import clock, live
from rejoinder.team import audit
from rejoinder.team.models import Advisor


def write(
    crisis: Crisis,
    kind: Kind,
    by: Advisor | None,
    *,
    words: str = "",
    did: Did | None = None,
    at: datetime | None = None,
    **detail: Any,
) -> Entry:
    """Append a line; call it in the transaction of what it tells. Open pages read again."""
    now = clock.now()
    live.changed(live.CRISIS)
    return Entry.objects.create(
        crisis=crisis,
        kind=kind,
        did=did.value if did else "",
        at=at or now,
        noted_at=now,
        by=by,
        words=words,
        detail=detail,
    )


def said(words: str, missing: str) -> str:
    """What somebody wrote, trimmed. Raises CannotError with `missing` when there is nothing."""
    trimmed = words.strip()
    if not trimmed:
        raise CannotError(missing)
    if len(trimmed) > WORDS_CAP:
        raise CannotError(_("This is too long for the timeline; shorten it to 2,000 characters."))
    return trimmed


def in_line(words: str, cap: int, missing: str) -> str:
    """The same for a single line of at most `cap` characters."""
    line = " ".join(words.split())[:cap]
    if not line:
        raise CannotError(missing)
    return line


def require_open(crisis: Crisis) -> None:
    """Lock the crisis for what follows. Raises CannotError when it was stood down."""
    rows = Crisis.objects.select_for_update().filter(pk=crisis.pk, stood_down_at=None)
    if rows.first() is None:
        raise CannotError(_("This crisis was stood down; its timeline is closed."))


def tell(crisis: Crisis, actor: Advisor, did: str, **detail: Any) -> None:
    """The audit line of what was done with a crisis."""
    audit.line(actor, did, crisis.name, **detail)
