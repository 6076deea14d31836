"""Rows that have had their time: names of changes that every open page has read long ago."""

from datetime import timedelta

from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change

KEPT = timedelta(hours=1)
AT_ONCE = 5000


def forget_changes() -> int:
    """Delete old changes, the newest always staying: numbers go on from it. How many."""
    old = Change.objects.filter(at__lt=clock.now() - KEPT).order_by("id")
    last = Change.objects.order_by("-id").values_list("id", flat=True).first()
    numbers = [number for number in old.values_list("id", flat=True)[:AT_ONCE] if number != last]
    return Change.objects.filter(id__in=numbers).delete()[0]
