"""Who is blocked: what they write is kept, and nobody has to read it in the queue."""

from collections.abc import Iterable

from rejoinder.listening.models import Block, Person


def authors(channel: str) -> set[str]:
    """The external ids of those who are blocked on a channel; few."""
    rows = Block.objects.filter(ended_at=None, person__channel=channel)
    return set(rows.values_list("person__external_id", flat=True))


def standing(people: Iterable[Person]) -> dict[int, Block]:
    """By person: the block that holds."""
    rows = Block.objects.filter(person__in=[each.pk for each in people], ended_at=None)
    return {row.person_id: row for row in rows.select_related("begun_by")}
