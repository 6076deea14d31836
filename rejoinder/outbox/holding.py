"""What the outbox holds about a person: what we wrote to them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from rejoinder.outbox.models import Acknowledgement, Amendment, Moderation, Picture, Reply
from rejoinder.privacy.vault import Person

_KINDS: tuple[type[Reply] | type[Acknowledgement], ...] = (Reply, Acknowledgement)


class Said:
    """Replies and acknowledgements: their words go, that one was sent stays."""

    name = "outbox"

    def people(self) -> Iterable[Person]:
        return ()

    def export(self, person: Person) -> list[dict[str, Any]]:
        return (
            [
                {
                    "kind": model.__name__.lower(),
                    "at": row.sent_at.isoformat() if row.sent_at else None,
                    "text": row.text,
                    "url": row.url,
                    "state": row.state,
                }
                for model in _KINDS
                for row in _rows(model, person).order_by("pk")
            ]
            + [
                {
                    "kind": "changed reply",
                    "at": row.sent_at.isoformat() if row.sent_at else None,
                    "text": row.before,
                    "state": row.state,
                }
                for row in _amendments(person).order_by("pk")
            ]
            + [
                {
                    "kind": "hidden post" if row.hides else "post shown again",
                    "at": row.sent_at.isoformat() if row.sent_at else None,
                    "ground": row.ground,
                    "why": row.why,
                    "state": row.state,
                }
                for row in _moderations(person).order_by("pk")
            ]
            + [
                {
                    "kind": "film" if row.seconds else "picture",
                    "at": row.at.isoformat(),
                    "shows": row.alt,
                }
                for row in _pictures(person).exclude(reply=None).defer("data").order_by("pk")
            ]
        )

    def erase(self, person: Person) -> int:
        _pictures(person).delete()
        erased = sum(_rows(model, person).update(text="", words="") for model in _KINDS)
        erased += _moderations(person).update(why="", words="")
        return erased + _amendments(person).update(text="", before="", why="", words="")

    def tidy(self) -> None:
        """Rows are all there is."""


def _rows(model: type[Reply] | type[Acknowledgement], person: Person) -> QuerySet[Any]:
    return model._default_manager.filter(
        conversation__person__channel=person.channel,
        conversation__person__external_id=person.external_id,
    )


def _pictures(person: Person) -> QuerySet[Picture]:
    return Picture.objects.filter(
        conversation__person__channel=person.channel,
        conversation__person__external_id=person.external_id,
    )


def _moderations(person: Person) -> QuerySet[Moderation]:
    return Moderation.objects.filter(
        mention__person__channel=person.channel, mention__person__external_id=person.external_id
    )


def _amendments(person: Person) -> QuerySet[Amendment]:
    return Amendment.objects.filter(
        reply__conversation__person__channel=person.channel,
        reply__conversation__person__external_id=person.external_id,
    )
