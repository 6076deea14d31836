"""What the desk holds about a person: what colleagues wrote among themselves."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from rejoinder.desk.models import Assignment, BatchItem, Closure, Draft, Handover, Note
from rejoinder.listening.models import Conversation
from rejoinder.privacy.vault import Person

# Where words about a person are typed, by table.
_WORDS = ((Note, "text"), (Draft, "text"), (Handover, "note"), (Closure, "why"))
_OTHERS = ((Assignment, "why"), (BatchItem, "text"))


class Work:
    """Notes, drafts, and the words beside what was done with a conversation."""

    name = "desk"

    def people(self) -> Iterable[Person]:
        return ()

    def export(self, person: Person) -> list[dict[str, Any]]:
        talks = _talks(person)
        return [
            {"kind": model.__name__.lower(), "text": words}
            for model, column in (*_WORDS, *_OTHERS)
            for words in model._default_manager.filter(conversation__in=talks)
            .exclude(**{column: ""})
            .values_list(column, flat=True)
        ]

    def erase(self, person: Person) -> int:
        talks = _talks(person)
        return sum(
            model._default_manager.filter(conversation__in=talks).update(**{column: ""})
            for model, column in (*_WORDS, *_OTHERS)
        )

    def tidy(self) -> None:
        """Rows are all there is."""


def _talks(person: Person) -> QuerySet[Conversation]:
    return Conversation.objects.filter(
        person__channel=person.channel, person__external_id=person.external_id
    )
