"""What listening holds about a person: who they are on their channel, and what they wrote."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from rejoinder.listening import voices
from rejoinder.listening.intake import triage
from rejoinder.listening.intake.normalise import followers
from rejoinder.listening.models import (
    Block,
    Conversation,
    Early,
    LeftThere,
    Mention,
    Person,
    ReadWith,
    SafetyCard,
    Unreadable,
)
from rejoinder.listening.store import store
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import open_log
from rejoinder.plumbing.sql import execute
from rejoinder.privacy import originals, vault

_AT_ONCE = 1000  # rows read in one go


class Heard:
    """Mentions and their authors, the search index, and what came before its post."""

    name = "listening"

    def people(self) -> Iterable[vault.Person]:
        rows = Person.objects.values_list("channel", "external_id")
        return (vault.Person(*row) for row in rows.iterator(chunk_size=_AT_ONCE))

    def export(self, person: vault.Person) -> list[dict[str, Any]]:
        said = Mention.objects.filter(person__in=_rows(person), ours=False).order_by("created_at")
        return [
            *({"kind": "author", **_author(row)} for row in _rows(person)),
            *({"kind": "mention", **_shown(mention)} for mention in said),
            *(_block(row) for row in Block.objects.filter(person__in=_rows(person)).order_by("pk")),
        ]

    def erase(self, person: vault.Person) -> int:
        mentions = list(Mention.objects.filter(person__in=_rows(person), ours=False))
        names = {one.external_id: f"erased {one.pk}" for one in mentions}
        _leave_to_be_deleted(mentions)
        store().unindex([one.pk for one in mentions])
        for model in (Early, Unreadable):
            model.objects.filter(channel=person.channel, external_id__in=names).delete()
        originals.forget([(person.channel, post) for post in names])
        _blank(mentions, names)
        _rename(person.channel, names)
        Conversation.objects.filter(person__in=_rows(person)).update(waiting_since=None)
        SafetyCard.objects.filter(mention_id__in=[one.pk for one in mentions]).update(outcome="")
        # Who is called by no name any more cannot be known again, and so not be blocked.
        blocks = Block.objects.filter(person__in=_rows(person))
        blocks.update(why="", other_way="", ended_why="")
        blocks.filter(ended_at=None).update(ended_at=clock.now())
        for row in _rows(person):
            Person.objects.filter(pk=row.pk).update(
                external_id=f"erased {row.pk}", handle="", name="", followed=None
            )
        return len(mentions)

    def tidy(self) -> None:
        """The search index without the words, and the intake log without what triage has taken."""
        if connection.vendor == "sqlite":
            execute("INSERT INTO listening_search (listening_search) VALUES ('optimize')")
        log = open_log()
        try:
            log.trim(triage.read_up_to(), clock.now())
        finally:
            log.close()


def _rows(person: vault.Person) -> QuerySet[Person]:
    return Person.objects.filter(channel=person.channel, external_id=person.external_id)


def _author(row: Person) -> dict[str, Any]:
    names = {"channel": row.channel, "external_id": row.external_id}
    names |= {"handle": row.handle, "name": row.name}
    if row.followed is None:
        return names
    return names | {"followers_about": followers(row.followed)}


def _shown(mention: Mention) -> dict[str, Any]:
    return {
        "at": mention.created_at.isoformat(),
        "text": mention.text,
        "url": mention.url,
        "media": mention.media,
        "public": mention.public,
        "reading": mention.reading,
        "deleted_at": mention.deleted_at.isoformat() if mention.deleted_at else None,
    }


def _block(row: Block) -> dict[str, Any]:
    at = row.begun_at.isoformat()
    return {"kind": "block", "at": at, "ground": row.ground, "why": row.why}


def _leave_to_be_deleted(mentions: list[Mention]) -> None:
    """Recordings that may still lie where they were made: the exchange may be away just now."""
    spoken = [one for one in mentions if voices.has(one)]
    LeftThere.objects.bulk_create(
        [
            LeftThere(account=one.account, external_id=one.external_id)
            for one in spoken
            if one.account
        ],
        ignore_conflicts=True,
    )


def _blank(mentions: list[Mention], names: dict[str, str]) -> None:
    now = clock.now()
    for one in mentions:
        one.text, one.media, one.ref, one.url = "", [], {}, ""
        one.need, one.intent, one.sentiment, one.reading = None, "", "", None
        one.read_with, one.question_id, one.in_reply_to = ReadWith.NOTHING, None, None
        one.external_id = names[one.external_id]
        one.deleted_at = one.deleted_at or now
    fields = ["text", "media", "ref", "url", "need", "intent", "sentiment", "reading", "read_with"]
    fields += ["question_id", "in_reply_to", "external_id", "deleted_at"]
    Mention.objects.bulk_update(mentions, fields, batch_size=200)


def _rename(channel: str, names: dict[str, str]) -> None:
    """Threads and replies that a post of theirs gave its name to: ids often say whose they are."""
    for old, new in names.items():
        for rows in (Mention.objects, Conversation.objects):
            rows.filter(channel=channel, thread=old).update(thread=new)
    answers = Mention.objects.filter(channel=channel, in_reply_to__in=names)
    for answer in answers.only("in_reply_to"):
        answer.in_reply_to = names[answer.in_reply_to or ""]
        answer.save(update_fields=["in_reply_to"])
