"""The page of piles: waves that are proposed, piles that stand, and those that were dissolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from rejoinder.desk.guard.links import hosts
from rejoinder.desk.models import OwnContact, Pile
from rejoinder.desk.piles import rules
from rejoinder.desk.piles.gathering import copies
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor

LOOKED_AT = 20_000  # newest mentions
READ = 200  # posts of a wave that are looked into
SHOWN = 30
STRANGER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proposed:
    """Posts of one text that look like spam, and where they send people."""

    mention: Mention
    posts: int
    authors: int
    place: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A pile with its text and how many conversations are in it."""

    row: Pile
    mention: Mention | None
    many: int


def proposed(reader: Advisor) -> list[Proposed]:
    """Waves among what was heard last, the largest first."""
    if not access.may(reader, access.READ):
        return []
    newest = Mention.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    piled = Pile.objects.filter(ended_at=None).values("original")
    lately = Mention.objects.filter(copy_of__isnull=False, pk__gt=newest - LOOKED_AT, ours=False)
    groups = lately.exclude(copy_of__in=piled).values("copy_of")
    counted = groups.annotate(authors=Count("person", distinct=True))
    many = counted.filter(authors__gte=rules.AUTHORS - 1).order_by("-authors")[:SHOWN]
    ours = own_domains()
    found = (_proposed(row["copy_of"] or 0, ours) for row in many)
    return [each for each in found if each is not None]


def standing(reader: Advisor) -> list[Standing]:
    """The piles that take in what comes, newest first."""
    return _shown(reader, ended=False)


def dissolved(reader: Advisor) -> list[Standing]:
    """Those that somebody dissolved, newest first."""
    return _shown(reader, ended=True)


def own_domains() -> list[str]:
    """Our own, as they are compared."""
    rows = OwnContact.objects.filter(kind=OwnContact.Kind.DOMAIN).values_list("text", flat=True)
    return [row.casefold().removeprefix("www.") for row in rows]


def _proposed(original: int, ours: Sequence[str]) -> Proposed | None:
    said = list(copies(original).order_by("pk").values_list("person_id", "text")[:READ])
    people = {person for person, _ in said}
    before = clock.now() - STRANGER
    known = Conversation.objects.filter(person__in=people, opened_at__lt=before)
    wave = rules.Wave(
        authors=len(people),
        strangers=len(people) - known.values("person").distinct().count(),
        hosts=tuple(hosts(text) for _, text in said),
    )
    mention = Mention.objects.filter(pk=original).select_related("conversation").first()
    if mention is None or not rules.looks_like_spam(wave, ours):
        return None
    total = copies(original).count()
    return Proposed(mention, total, len(people), rules.place(wave, ours))


def _shown(reader: Advisor, *, ended: bool) -> list[Standing]:
    rows = access.visible(reader, Pile.objects.filter(ended_at__isnull=not ended))
    piles = rows.select_related("begun_by", "ended_by").annotate(many=Count("piled"))
    newest = list(piles.order_by("-begun_at", "-pk")[:SHOWN])
    said = Mention.objects.select_related("conversation").in_bulk([row.original for row in newest])
    return [Standing(row, said.get(row.original), row.many) for row in newest]
