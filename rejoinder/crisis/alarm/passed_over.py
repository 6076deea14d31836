"""Posts that ask for no help, and that no surge counts: rooms above say which these are."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

# Numbers of mentions as a query; those and their copies are left out.
Originals = Callable[[], QuerySet[Any, int]]
_which: list[Originals] = []


def leave_out(which: Originals) -> None:
    """Ask this at every look; it becomes a part of the one query."""
    if which not in _which:
        _which.append(which)


def left_out(mention: str = "") -> Q:
    """Those posts, for `exclude`; `mention` is the way to them from another table."""
    way = f"{mention}__" if mention else ""
    found = Q(pk__in=[])
    for which in _which:
        found |= Q(**{f"{way}pk__in": which()}) | Q(**{f"{way}copy_of__in": which()})
    return found
