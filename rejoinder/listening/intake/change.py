"""Edits and deletions upstream, and new names: they change what is kept, and it says so."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from rejoinder.listening import needs
from rejoinder.listening.intake.fold import joined
from rejoinder.listening.intake.normalise import Said, Understood
from rejoinder.listening.models import Conversation, Early, Mention, Person, ReadWith
from rejoinder.listening.store import store
from rejoinder.listening.store.rows import Kept
from rejoinder.privacy import originals


class Changed(NamedTuple):
    """News about a mention that is kept."""

    channel: str
    mention: int
    conversation: int | None
    said: Said


def of(channel: str, news: Iterable[Said], known: Mapping[str, Kept]) -> list[Changed]:
    """Those of the news that change a kept mention; what was deleted stays so."""
    return [
        Changed(channel, kept.id, kept.conversation, said)
        for said in news
        if (said.edited or said.deleted)
        and (kept := known.get(said.external_id)) is not None
        and not kept.deleted
    ]


def with_early(channel: str, fresh: list[Said]) -> tuple[list[Said], list[str]]:
    """New posts with the edits and deletions that came before them, and the ids of those."""
    if not Early.objects.filter(channel=channel).exists():
        return fresh, []
    found = {
        one.external_id: one
        for start in range(0, len(fresh), 500)
        for one in Early.objects.filter(
            channel=channel, external_id__in=[s.external_id for s in fresh[start : start + 500]]
        )
    }
    merged = [
        joined(said, _news(said, found[said.external_id])) if said.external_id in found else said
        for said in fresh
    ]
    return merged, list(found)


def remember(channel: str, early: Sequence[Said], forget: Sequence[str]) -> None:
    """Keep news about posts that were not heard yet, and drop what was applied."""
    for said in early:
        row = {"text": said.text, "media": msgspec.json.decode(said.media), "at": said.heard_at}
        if said.deleted:
            Early.objects.update_or_create(
                channel=channel, external_id=said.external_id, defaults=row | {"deleted": True}
            )
        elif not Early.objects.filter(
            channel=channel, external_id=said.external_id, deleted=False
        ).update(**row):
            Early.objects.get_or_create(
                channel=channel, external_id=said.external_id, defaults=row | {"deleted": False}
            )
    if forget:
        Early.objects.filter(channel=channel, external_id__in=forget).delete()


def apply(changes: Sequence[Changed]) -> list[int]:
    """Write them, in the caller's transaction; ids of the conversations they touch."""
    if not changes:
        return []
    shown, changes = _without_same_words(changes)
    for change in shown:
        Mention.objects.filter(pk=change.mention).update(**_who_sees(change.said))
    store().unindex([change.mention for change in changes])
    # What an edit hides anew is sealed with it; a deletion leaves nothing to open.
    originals.forget([(c.channel, c.said.external_id) for c in changes if not c.said.original])
    for change in changes:
        if change.said.deleted:
            _delete(change.mention, change.said.heard_at)
        else:
            _edit(change.mention, change.said)
    touched = {c.conversation for c in (*shown, *changes) if c.conversation is not None}
    _wait_for_what_is_left(
        {c.conversation for c in changes if c.said.deleted and c.conversation is not None}
    )
    needs.renew(touched)
    return list(touched)


def rename(renamed: Iterable[tuple[int, Said]]) -> None:
    """People who call themselves otherwise now, or whom many more follow, or fewer."""
    for person, said in renamed:
        values: dict[str, object] = {}
        if said.handle or said.name:
            values |= {"handle": said.handle, "name": said.name}
        if said.followed is not None:
            values["followed"] = said.followed
        Person.objects.filter(pk=person).update(**values)


def _news(said: Said, early: Early) -> Said:
    return msgspec.structs.replace(
        said,
        text=early.text,
        media=msgspec.json.encode(early.media).decode(),
        whole=False,
        edited=not early.deleted,
        deleted=early.deleted,
        understood=None,
        original=None,
        copy_of=None,
    )


def _without_same_words(changes: Sequence[Changed]) -> tuple[list[Changed], list[Changed]]:
    """Those that say only whether others see it there, and the others."""
    edits = [change.mention for change in changes if not change.said.deleted]
    before: dict[int, tuple[str, Any]] = {}
    for start in range(0, len(edits), 500):
        rows = Mention.objects.filter(pk__in=edits[start : start + 500])
        before |= {pk: (text, media) for pk, text, media in rows.values_list("pk", "text", "media")}
    same: list[Changed] = []
    other: list[Changed] = []
    for change in changes:
        said = change.said
        kept = None if said.deleted else before.get(change.mention)
        is_same = kept == (said.text, msgspec.json.decode(said.media))
        (same if is_same else other).append(change)
    return same, other


def _edit(mention: int, said: Said) -> None:
    Mention.objects.filter(pk=mention).update(
        text=said.text,
        media=msgspec.json.decode(said.media),
        edited_at=said.heard_at,
        **_who_sees(said),
        **_read_again(said.understood),
    )
    store().index([mention], [said.text])


def _who_sees(said: Said) -> dict[str, Any]:
    return {} if said.hidden is None else {"hidden": said.hidden}


def _read_again(found: Understood | None) -> dict[str, Any]:
    """Other words are another reading; what an advisor said was of the words before."""
    if found is None:
        return {}
    reading = msgspec.json.decode(found.reading) if found.reading else None
    return msgspec.structs.asdict(found) | {"reading": reading, "read_with": ReadWith.FAST}


def _delete(mention: int, at: datetime) -> None:
    # Platforms demand that the content goes; that something was said stays.
    gone = {"need": None, "intent": "", "sentiment": "", "reading": None, "question_id": None}
    Mention.objects.filter(pk=mention).update(
        text="", media=[], ref={}, url="", deleted_at=at, read_with=ReadWith.NOTHING, **gone
    )


def _wait_for_what_is_left(conversations: Iterable[int]) -> None:
    """Wait for the oldest of the words not taken back since the waiting began, or for nothing."""
    alive = Mention.objects.filter(conversation=OuterRef("pk"), deleted_at=None, ours=False)
    since = alive.filter(created_at__gte=OuterRef("waiting_since")).order_by("created_at")
    latest = alive.order_by("-created_at", "-id")
    rows = Conversation.objects.filter(pk__in=conversations)
    rows.update(last_mention_id=Coalesce(Subquery(latest.values("id")[:1]), F("last_mention_id")))
    rows.filter(waiting_since__isnull=False).update(
        waiting_since=Subquery(since.values("created_at")[:1])
    )
