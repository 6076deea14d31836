"""Watches of this desk: writing them, loading them for intake, trying them on what was heard."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from rejoinder.channels.models import Account
from rejoinder.listening.models import Caught, Mention, Watch
from rejoinder.listening.watch import batch, show
from rejoinder.listening.watch.match import Watches
from rejoinder.listening.watch.parse import ParseError, parse
from rejoinder.listening.watch.query import Query
from rejoinder.plumbing import clock
from rejoinder.privacy.find.markers import markers
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

TRIED = 2_000  # the newest mentions that a watch is tried on
SHOWN = 8
NAME_CAP = 100
LATELY = timedelta(days=1)
_TEXT_TRIED = 2_000  # code points of a mention, so that a page never waits for one post

_COLUMNS = ("pk", "words", "account_id")

_log = logging.getLogger(__name__)


class Post(batch.Post, Protocol):
    """A post that came through an account of ours, or through none."""

    @property
    def account(self) -> int | None: ...


class Enabled(NamedTuple):
    """The watches that are on, compiled."""

    made_of: object
    watches: Watches
    accounts: dict[int, int | None]

    def looks_at(self, account: int | None) -> bool:
        """Whether any of them looks at what an account of ours hears."""
        return not {None, account}.isdisjoint(self.accounts.values())

    def caught(self, posts: Sequence[Post]) -> list[tuple[int, ...]]:
        """For each post the rows of the watches that catch it."""
        found = self.watches.caught(posts)
        return [
            tuple(one for one in ids if self.accounts[one] in (None, post.account)) if ids else ids
            for ids, post in zip(found, posts, strict=True)
        ]


class _Loaded:
    enabled: Enabled | None = None


def load() -> Enabled:
    """The watches that are on, compiled anew only if something changed since the last call."""
    handles = tuple(_own_handles())
    rows = list(Watch.objects.filter(enabled=True).order_by("id").values_list(*_COLUMNS))
    if _Loaded.enabled is None or _Loaded.enabled.made_of != (handles, rows):
        queries = [(number, each) for number, words, _ in rows if (each := _read(number, words))]
        readable = {number for number, _ in queries}
        accounts = {number: account for number, _, account in rows if number in readable}
        _Loaded.enabled = Enabled((handles, rows), Watches(queries, handles), accounts)
    return _Loaded.enabled


def keep(mentions: Iterable[tuple[int, tuple[int, ...]]], at: datetime) -> None:
    """Write which mention was caught by which watches; twice is harmless."""
    rows = [Caught(mention_id=one, watch_id=watch, at=at) for one, ids in mentions for watch in ids]
    Caught.objects.bulk_create(rows, ignore_conflicts=True)


def listed(actor: Advisor) -> QuerySet[Watch]:
    """All watches, each with how many mentions it caught in the last 24 hours as `lately`."""
    recent = Q(caught__at__gt=clock.now() - LATELY)
    rows = access.visible(actor, Watch.objects.annotate(lately=Count("caught", filter=recent)))
    return rows.select_related("account", "created_by").order_by("-enabled", "name", "id")


def may_write(actor: Advisor) -> bool:
    """Leads and owners."""
    return access.may(actor, access.STEER)


def write(
    actor: Advisor, watch: Watch | None, name: str, words: str, account: Account | None
) -> Watch:
    """Make a watch or change one. Raises ParseError."""
    access.require(actor, access.STEER)
    parse(words)
    row = watch or Watch(created_by=actor, created_at=clock.now())
    row.name, row.words, row.account = name[:NAME_CAP], words, account
    with transaction.atomic():
        row.save()
        if watch:
            audit.line(actor, "changed the watch", row.name, words=words[:500])
        else:
            audit.line(actor, "wrote the watch", row.name, words=words[:500])
    return row


def switch(actor: Advisor, watch: Watch, *, on: bool) -> None:
    """Turn a watch on or off; what it caught stays."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        Watch.objects.filter(pk=watch.pk).update(enabled=on)
        if on:
            audit.line(actor, "turned on the watch", watch.name)
        else:
            audit.line(actor, "turned off the watch", watch.name)


class Tried(NamedTuple):
    """A query tried on the newest mentions: what it catches, and what it might have caught.

    `alike` sound like those caught; `uncaught` are addressed to us and caught by no watch at all.
    """

    of: int
    many: int
    caught: list[tuple[Mention, list[tuple[int, int]]]]
    alike: list[Mention]
    uncaught: list[Mention]


def tried(actor: Advisor, each: Query, account: Account | None) -> Tried:
    """Try a query on what was heard lately. Reads at most TRIED mentions."""
    rows = Mention.objects.filter(ours=False, deleted_at=None)
    if account:
        rows = rows.filter(account=account)
    mentions = list(access.visible(actor, rows).select_related("person").order_by("-pk")[:TRIED])
    posts = list(map(_said, mentions))
    hits = list(map(bool, Watches([(0, each)], _own_handles()).caught(posts)))
    held = list(map(bool, load().caught(posts)))
    caught = [pair for pair, hit in zip(_pairs(mentions, posts), hits, strict=True) if hit]
    others = [pair for pair, hit in zip(_pairs(mentions, posts), hits, strict=True) if not hit]
    likest = show.alike([text for _, text in caught], [text for _, text in others], SHOWN)
    alike = [others[number][0] for number in likest]
    rest = zip(mentions, hits, held, strict=True)
    uncaught = [one for one, hit, old in rest if one.tagged and not hit and not old]
    return Tried(
        len(mentions),
        len(caught),
        [(one, show.spans(each, text)) for one, text in caught[:SHOWN]],
        alike,
        [one for one in uncaught if one not in alike][:SHOWN],
    )


def _pairs(mentions: list[Mention], posts: "list[_Said]") -> list[tuple[Mention, str]]:
    return [(one, post.text) for one, post in zip(mentions, posts, strict=True)]


def _said(mention: Mention) -> "_Said":
    """As intake would see it; in the place of what is hidden stand spaces."""
    text = mention.text[:_TEXT_TRIED]
    for span in markers(text):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return _Said(text, mention.person.handle, mention.language, mention.account_id)


class _Said(NamedTuple):
    text: str
    handle: str
    language: str
    account: int | None


def _own_handles() -> Iterable[str]:
    rows = Account.objects.filter(disconnected_at=None).order_by("id")
    return rows.values_list("handle", flat=True)


def _read(number: int, words: str) -> Query | None:
    try:
        return parse(words)
    except ParseError as error:
        _log.error("Watch %d cannot be read and catches nothing: %s", number, error)
        return None
