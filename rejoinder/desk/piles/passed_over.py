"""What surges do not count: the posts of waves that stand in a pile."""

from typing import Any

from django.db.models import QuerySet

from rejoinder.desk.models import Pile


def originals() -> QuerySet[Any, int]:
    """The texts that piles are made of. What else their people write counts as ever."""
    return Pile.objects.filter(ended_at=None).values_list("original", flat=True)
