"""Tidying up: changes that every open page has read long ago, the write-ahead log of SQLite."""

from datetime import timedelta

from django.db import connection

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


def checkpoint() -> int:
    """Move what SQLite wrote ahead into its file, so that no advisor's commit has to; 0.

    Passive: it waits for nobody, and takes what it can.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return 0
