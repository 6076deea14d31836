"""Whom nobody talked with for a while, for how long people are kept."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Count, Max, Q

from rejoinder.listening.models import Conversation, Person
from rejoinder.privacy import vault

_AT_ONCE = 1000  # rows read in one go


def quiet(channel: str, before: datetime) -> Iterator[vault.Person]:
    """People of a channel whose conversations rest since before then: nobody waits, holds one,
    wrote or was answered. Who was erased already is left out.
    """
    rows = (
        Conversation.objects.filter(channel=channel)
        .order_by()
        .values("person")
        .annotate(
            last=Max("last_at"),
            answered=Max("answered_at"),
            open=Count("pk", filter=Q(waiting_since__isnull=False) | Q(holder__isnull=False)),
        )
        .filter(Q(answered=None) | Q(answered__lt=before), last__lt=before, open=0)
    )
    found = Person.objects.filter(pk__in=rows.values("person"))
    named = found.exclude(external_id__startswith="erased ").order_by("pk")
    for channel_, external_id in named.values_list("channel", "external_id").iterator(_AT_ONCE):
        yield vault.Person(channel_, external_id)


def channels() -> Collection[str]:
    """Every channel on which somebody was heard."""
    return list(Person.objects.order_by().values_list("channel", flat=True).distinct())
