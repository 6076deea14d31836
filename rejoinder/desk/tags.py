"""Tags: the organisation's own list, kept by those who steer; on a conversation by anybody."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from rejoinder.desk.models import Tag, Tagged
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.listening.store import search
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 60
LOOKED_AT = 20  # pages of what was found that are looked through for a tag


def may_keep(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def listed() -> QuerySet[Tag]:
    """All of them, by name."""
    return Tag.objects.order_by("name")


def counted() -> QuerySet[Tag]:
    """All of them, with how many conversations carry each: from the index of each alone."""
    carrying = Tagged.objects.filter(tag=OuterRef("pk"), ended_at=None).order_by()
    many = carrying.values("tag").annotate(many=Count("*")).values("many")
    return listed().annotate(carried=Coalesce(Subquery(many), 0))


def keep(actor: Advisor, name: str, row: Tag | None = None) -> Tag:
    """A new one, or another name for one. A name that another has already makes the two one.

    Raises CannotError when no name was given.
    """
    access.require(actor, access.STEER)
    called = " ".join(name.split())[:LONGEST]
    if not called:
        raise CannotError(_("A tag needs a name."))
    with transaction.atomic():
        same = Tag.objects.filter(name__iexact=called).first()
        if row is None:
            row = same or Tag(made_by=actor, made_at=clock.now())
        elif same is not None and same.pk != row.pk:
            _merge(row, same, actor)
            row = same
        row.name = called
        row.save()
        audit.line(actor, "kept a tag", called)
    return row


def remove(actor: Advisor, row: Tag) -> None:
    """Off the list, and off every conversation."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        audit.line(actor, "removed a tag", row.name)
        row.delete()


def put(talk: Conversation, actor: Advisor, name: str) -> Tag:
    """Put one of the list on a conversation. Raises CannotError when it is not on the list."""
    access.require(actor, access.DRAFT)
    tag = Tag.objects.filter(name__iexact=" ".join(name.split())).first()
    if tag is None:
        raise CannotError(_("This tag is not on the list. Choose one, or ask a lead to add it."))
    with transaction.atomic():
        _row, made = Tagged.objects.get_or_create(
            tag=tag,
            conversation=talk,
            ended_at=None,
            defaults={"advisor": actor, "at": clock.now()},
        )
        if made:
            _tell(talk, actor, "tagged", tag)
    return tag


def take_away(talk: Conversation, actor: Advisor, tag: Tag) -> None:
    """Take it off; that it was there stays on its row."""
    access.require(actor, access.DRAFT)
    with transaction.atomic():
        rows = Tagged.objects.filter(conversation=talk, tag=tag, ended_at=None)
        if rows.update(ended_at=clock.now(), ended_by=actor):
            _tell(talk, actor, "took a tag off", tag)


def on(talks: Iterable[Conversation]) -> dict[int, list[Tag]]:
    """The tags of these conversations, by name."""
    rows = Tagged.objects.filter(conversation__in=[talk.pk for talk in talks], ended_at=None)
    found: dict[int, list[Tag]] = {}
    for row in rows.select_related("tag").order_by("tag__name"):
        found.setdefault(row.conversation_id, []).append(row.tag)
    return found


def carrying(tag: Tag) -> Q:
    """Conversations that carry it."""
    rows = Tagged.objects.filter(tag=tag, ended_at=None)
    return Q(pk__in=rows.values("conversation"))


def find(actor: Advisor, typed: str, tag: Tag, before: int | None = None) -> search.Found:
    """What was said with these words in conversations that carry the tag, newest first.

    Without words, everything that was said in them.
    """
    if not typed.strip():
        return _all(actor, tag, before)
    kept: list[Mention] = []
    for _page in range(LOOKED_AT):
        found = search.search(actor, typed, before=before)
        kept += _of(found.mentions, tag)
        before = found.older
        if before is None or len(kept) >= search.PAGE:
            break
    return search.Found(kept, before)


def _of(mentions: Sequence[Mention], tag: Tag) -> list[Mention]:
    rows = Tagged.objects.filter(tag=tag, ended_at=None)
    asked = [each.conversation_id for each in mentions]
    carry = set(rows.filter(conversation__in=asked).values_list("conversation", flat=True))
    return [each for each in mentions if each.conversation_id in carry]


def _all(actor: Advisor, tag: Tag, before: int | None) -> search.Found:
    talks = Conversation.objects.filter(carrying(tag))
    rows = Mention.objects.filter(conversation__in=talks, ours=False, deleted_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    shown = access.visible(actor, rows).select_related("person", "conversation", "account")
    found = list(shown.order_by("-pk")[: search.PAGE + 1])
    more = len(found) > search.PAGE
    return search.Found(found[: search.PAGE], found[search.PAGE - 1].pk if more else None)


def _merge(gone: Tag, on: Tag, actor: Advisor) -> None:
    """Whatever carried `gone` carries `on`; nothing carries it twice."""
    rows = Tagged.objects.filter(tag=gone)
    twice = Tagged.objects.filter(tag=on, ended_at=None).values("conversation")
    rows.filter(ended_at=None, conversation__in=twice).update(ended_at=clock.now(), ended_by=actor)
    rows.update(tag=on)
    gone.delete()


def _tell(talk: Conversation, actor: Advisor, did: str, tag: Tag) -> None:
    live.changed(live.QUEUE, live.conversation(talk.public_id))
    audit.line(actor, did, talk.public_id, tag=tag.name)
