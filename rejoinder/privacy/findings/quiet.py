"""Which reports of finders rest, for how long they are kept."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Max, Q

from rejoinder.privacy.findings.receiving import CHANNEL
from rejoinder.privacy.models import Finding
from rejoinder.privacy.vault import Person

_AT_ONCE = 1000  # rows read in one go


def quiet(channel: str, before: datetime) -> Iterator[Person]:
    """Finders whose report was closed before then, and to whom nothing was said since.

    A report that is open stays; so does one whose incident is not closed.
    """
    if channel != CHANNEL:
        return
    rows = Finding.objects.annotate(last=Max("told__at")).filter(
        Q(last=None) | Q(last__lt=before),
        Q(incident=None) | Q(incident__closed_at__lt=before),
        closed_at__lt=before,
    )
    names = rows.order_by("pk").values_list("reference", flat=True)
    for reference in names.iterator(chunk_size=_AT_ONCE):
        yield Person(CHANNEL, reference)


def channels() -> Collection[str]:
    """The one of finders, once somebody reported something."""
    return [CHANNEL] if Finding.objects.exists() else []
