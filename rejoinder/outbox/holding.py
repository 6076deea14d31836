"""What the outbox holds about a person: what we wrote to them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from rejoinder.outbox.models import Reply
from rejoinder.privacy.vault import Person


class Said:
    """Replies: their words go, that one was sent stays."""

    name = "outbox"

    def people(self) -> Iterable[Person]:
        return ()

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [
            {
                "kind": "reply",
                "at": reply.sent_at.isoformat() if reply.sent_at else None,
                "text": reply.text,
                "url": reply.url,
                "state": reply.state,
            }
            for reply in _rows(person).order_by("pk")
        ]

    def erase(self, person: Person) -> int:
        return _rows(person).update(text="", words="")

    def tidy(self) -> None:
        """Rows are all there is."""


def _rows(person: Person) -> QuerySet[Reply]:
    return Reply.objects.filter(
        conversation__person__channel=person.channel,
        conversation__person__external_id=person.external_id,
    )
