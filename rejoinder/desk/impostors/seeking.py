"""Looks through who is heard in public for accounts that look like ours, a little behind triage."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.channels.models import Account
from rejoinder.desk import disclosure
from rejoinder.desk.impostors.likeness import Like, Own, nearest
from rejoinder.desk.models import Impostor, OwnContact
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Mention, Person
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.config import config
from rejoinder.plumbing.models import Offset
from rejoinder.team import audit
from rejoinder.team.notify import calls
from rejoinder.team.notify.said import Said

EVERY = 5.0  # seconds
READER = "impostors"
BATCH = 5_000  # mentions
LOOKED_BACK = timedelta(days=7)  # on a desk that never looked
LAG = timedelta(seconds=3)  # several triage processes may write out of order


class Seen(NamedTuple):
    """Who said something in public, and with which mention."""

    mention: int
    person: int
    channel: str
    external_id: str
    handle: str
    name: str


def run() -> int:
    """Look through what was heard since; how many mentions. Several processes may call it."""
    offset, new = Offset.objects.get_or_create(reader=READER)
    begins = first_since(clock.now() - LOOKED_BACK) - 1 if new else offset.value
    heard = Mention.objects.filter(pk__gt=begins, pk__lt=first_since(clock.now() - LAG))
    batch = list(
        heard.order_by("pk").values_list(
            "pk",
            "person_id",
            "person__channel",
            "person__external_id",
            "person__handle",
            "person__name",
            "ours",
            "public",
        )[:BATCH]
    )
    if not batch:
        return 0
    theirs = [Seen(*row[:6]) for row in batch if row[7] and not row[6]]
    alike = _alike(theirs)
    with transaction.atomic():
        mine = Offset.objects.filter(reader=READER, value=offset.value).update(value=batch[-1][0])
        for seen, own, like in alike if mine else ():
            _write(seen, own, like)
    return len(batch) if mine else 0


def _alike(theirs: Iterable[Seen]) -> list[tuple[Seen, Own, Like]]:
    """Those that look like one of ours, each person once with their first mention."""
    accounts = list(Account.objects.filter(disconnected_at=None))
    ours, ourselves = [_own(row) for row in accounts], _ourselves(accounts)
    first: dict[int, Seen] = {}
    for seen in theirs:
        first.setdefault(seen.person, seen)
    found: list[tuple[Seen, Own, Like]] = []
    friends: Collection[str] | None = None
    for seen in first.values():
        if (seen.channel, seen.external_id) in ourselves:
            continue
        near = nearest(seen.handle, seen.name, ours)
        if near is None:
            continue
        friends = _friends() if friends is None else friends
        if disclosure.plain(seen.handle) not in friends:
            found.append((seen, *near))
    return found


def _own(account: Account) -> Own:
    channel = registry.channels().get(account.channel)
    # Where people are reached by a number or an address, the handle is no name in public.
    reached = channel is not None and channel.contact != ""
    return Own(account.pk, "" if reached else account.handle, account.name)


def _ourselves(accounts: Iterable[Account]) -> set[tuple[str, str]]:
    return {(row.channel, row.external_id) for row in accounts}


def _friends() -> set[str]:
    """Handles of colleagues and partners, who may well bear our name."""
    kinds = [OwnContact.Kind.STAFF, OwnContact.Kind.PARTNER]
    rows = OwnContact.objects.filter(kind__in=kinds).values_list("text", flat=True)
    return set(map(disclosure.plain, rows))


def _write(seen: Seen, own: Own, like: Like) -> None:
    row, new = Impostor.objects.select_related("account", "person").get_or_create(
        person_id=seen.person,
        defaults={
            "account_id": own.number,
            "like": like,
            "mention_id": seen.mention,
            "found_at": clock.now(),
        },
    )
    if row.end == Impostor.End.NONE:
        return
    if new:
        audit.line(None, "found an account that looks like ours", row.pk, like=like)
    if row.end == Impostor.End.GONE:
        Impostor.objects.filter(pk=row.pk).update(end="", end_why="", ended_at=None, ended_by=None)
        audit.line(None, "saw an account again that looks like ours", row.pk)
    if row.answers_at is None and answered(row.person, [seen.mention]):
        Impostor.objects.filter(pk=row.pk).update(answers_at=clock.now())
        calls.call(f"impostor:{row.pk}", lambda: _said(row), f"{config().base_url}/impostors")
    live.changed(live.QUEUE)


def answered(impostor: Person, mentions: Collection[int]) -> list[Mention]:
    """What other people said, not we, in the threads of these mentions; newest first."""
    threads = Mention.objects.filter(pk__in=mentions).values_list("thread", flat=True)
    rows = Mention.objects.filter(channel=impostor.channel, thread__in=list(threads), ours=False)
    others = rows.exclude(person=impostor).exclude(conversation=None).filter(deleted_at=None)
    return list(others.select_related("conversation__person").order_by("-pk")[:50])


def _said(row: Impostor) -> Said:
    names = {"theirs": row.person.handle or row.person.name, "ours": row.account.handle}
    return Said(
        _("An account that looks like ours answers people"),
        _("%(theirs)s looks like %(ours)s and answers people who wrote to us.") % names,
    )
