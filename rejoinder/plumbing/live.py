"""Telling open pages what changed: names on rows, read by one reader in each door."""

from collections.abc import Iterable

from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change

QUEUE = "queue"


def changed(*topics: str) -> None:
    """Say that these changed; call it in the transaction that changed them."""
    at = clock.now()
    Change.objects.bulk_create(Change(topic=topic, at=at) for topic in dict.fromkeys(topics))


def conversation(public_id: object) -> str:
    """The topic of one conversation."""
    return f"conversation:{public_id}"


def account(public_id: object) -> str:
    """The topic of one account of ours: its allowance, its health."""
    return f"account:{public_id}"


def team(public_id: object) -> str:
    """The topic of one colleague's rights; their open streams end on it."""
    return f"team:{public_id}"


def since(last: int, limit: int = 1000) -> Iterable[tuple[int, str]]:
    """Changes after `last`, oldest first, as (number, topic)."""
    return Change.objects.filter(id__gt=last).order_by("id").values_list("id", "topic")[:limit]
