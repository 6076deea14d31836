"""What the desk holds about a person: what colleagues wrote among themselves."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from rejoinder.desk import disclosure
from rejoinder.desk.models import (
    Assignment,
    BatchItem,
    Closure,
    Dialled,
    Draft,
    DraftReview,
    Handover,
    Note,
    OwnContact,
    Quote,
    Referral,
    ReferralWord,
    RightsAccount,
    RightsRequest,
    Ticket,
)
from rejoinder.listening.models import Conversation
from rejoinder.listening.models import Person as Heard
from rejoinder.privacy.vault import Person

# Where words about a person are typed: by table, and the way from it to the conversation.
_WORDS = (
    (Note, "text", "conversation"),
    (Draft, "text", "conversation"),
    (DraftReview, "text", "conversation"),
    (DraftReview, "word", "conversation"),
    (Handover, "note", "conversation"),
    (Quote, "words", "conversation"),
    (Quote, "signed", "conversation"),
    (Closure, "why", "conversation"),
    (Referral, "text", "conversation"),
    (ReferralWord, "text", "referral__conversation"),
    (Assignment, "why", "conversation"),
    (RightsRequest, "words", "conversation"),
    (RightsRequest, "why", "conversation"),
    (RightsRequest, "proved_how", "conversation"),
    (RightsAccount, "how", "conversation"),
    (BatchItem, "text", "conversation"),
    (Dialled, "why", "conversation"),
    (Ticket, "title", "conversation"),
    (Ticket, "text", "conversation"),
)


class Work:
    """Notes, drafts, and the words beside what was done with a conversation."""

    name = "desk"

    def people(self) -> Iterable[Person]:
        return ()

    def export(self, person: Person) -> list[dict[str, Any]]:
        talks = _talks(person)
        belongs = [{"kind": "handle", "text": row.text} for row in _belonging(person)]
        return belongs + [
            {"kind": model.__name__.lower(), "text": words}
            for model, column, way in _WORDS
            for words in model._default_manager.filter(**{f"{way}__in": talks})
            .exclude(**{column: ""})
            .values_list(column, flat=True)
        ]

    def erase(self, person: Person) -> int:
        talks = _talks(person)
        return _belonging(person).delete()[0] + sum(
            model._default_manager.filter(**{f"{way}__in": talks}).update(**{column: ""})
            for model, column, way in _WORDS
        )

    def tidy(self) -> None:
        """Rows are all there is."""


def _belonging(person: Person) -> QuerySet[OwnContact]:
    """Their handle on the list of those who belong to the organisation."""
    found = Heard.objects.filter(channel=person.channel, external_id=person.external_id)
    handles = [disclosure.plain(handle) for handle in found.values_list("handle", flat=True)]
    return OwnContact.objects.filter(
        kind__in=[OwnContact.Kind.STAFF, OwnContact.Kind.PARTNER], text__in=filter(None, handles)
    )


def _talks(person: Person) -> QuerySet[Conversation]:
    return Conversation.objects.filter(
        person__channel=person.channel, person__external_id=person.external_id
    )
