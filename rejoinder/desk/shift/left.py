"""What stands open when one shift goes and the next comes, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from rejoinder.answers.models import Revision
from rejoinder.budget import forecast
from rejoinder.budget.forecast import Left
from rejoinder.channels.models import Account
from rejoinder.crisis.actions import open_ones, open_promises
from rejoinder.crisis.models import Crisis, Entry
from rejoinder.crisis.models import Promise as CrisisPromise
from rejoinder.desk.asleep import rows as asleep
from rejoinder.desk.models import Callback, Draft, Handover, Promise, Snooze
from rejoinder.listening import safety
from rejoinder.listening.models import Conversation, Need, SafetyCard
from rejoinder.outbox import stop
from rejoinder.outbox.models import Lock, Pause
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor

AHEAD = timedelta(hours=24)
SHOWN = 50
LOW = 0.2  # of a limit left, or less


@dataclass(frozen=True, slots=True)
class Due:
    """A word given or a time agreed. One of `row` says to whom, and in what words."""

    at: datetime
    row: CrisisPromise | Promise | Callback | Handover
    talk: Conversation | None


@dataclass(frozen=True, slots=True)
class Urgent:
    """People in urgent need who wait; the first has waited longest."""

    number: int
    first: Conversation | None


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What the next shift finds."""

    promises: Sequence[Due]
    cards: Sequence[SafetyCard]
    urgent: Urgent
    low: Sequence[tuple[Account, Left]]
    paused: Pause | None
    locked: Sequence[Lock]
    lines: Sequence[Revision]
    crises: Sequence[tuple[Crisis, Entry | None]]
    coming_back: Sequence[Snooze]
    drafts: Sequence[Draft]


def left(actor: Advisor) -> LeftOver:
    """Asks for the right to read."""
    until = clock.now() + AHEAD
    return LeftOver(
        promises=_promises(until),
        cards=list(safety.cards(actor)[:SHOWN]),
        urgent=_urgent(),
        low=_low(),
        paused=stop.paused(),
        locked=list(Lock.objects.filter(unlocked_at=None).select_related("account")),
        lines=_lines(),
        crises=[(each, _stated(each)) for each in open_ones()],
        coming_back=_coming_back(until),
        drafts=_drafts(),
    )


def _promises(until: datetime) -> list[Due]:
    """Those due within a day and those that are late, the one due first at the front."""
    mine = Promise.objects.filter(kept_at=None, due_at__lte=until)
    handed = Handover.objects.filter(
        due_at__lte=until, taker=F("conversation__holder"), at=F("conversation__held_at")
    )
    talks = ("conversation__person", "conversation__holder")
    found = [
        *(
            Due(each.due_at, each, each.conversation)
            for each in open_promises().filter(due_at__lte=until)[:SHOWN]
        ),
        *(
            Due(each.due_at, each, each.conversation)
            for each in mine.select_related("made_by", "referral__area", *talks).order_by("due_at")[
                :SHOWN
            ]
        ),
        *(
            Due(each.due_at, each, each.conversation)
            for each in handed.filter(due_at__isnull=False)
            .select_related("taker", *talks)
            .order_by("due_at")[:SHOWN]
            if each.due_at
        ),
        *_calls(until),
    ]
    return sorted(found, key=lambda due: due.at)[:SHOWN]


def _calls(until: datetime) -> list[Due]:
    open_ = Callback.objects.filter(kept_at=None, from_at__lte=until)
    rows = list(open_.order_by("from_at")[:SHOWN])
    threads = [row.thread for row in rows]
    talks = Conversation.objects.filter(channel__in=["phone", "webform"], thread__in=threads)
    by_thread = {(talk.channel, talk.thread): talk for talk in talks.select_related("person")}
    return [Due(row.from_at, row, by_thread.get((row.channel, row.thread))) for row in rows]


def _urgent() -> Urgent:
    rows = Conversation.objects.filter(waiting_since__isnull=False, need=Need.URGENT)
    first = rows.select_related("person").order_by("waiting_since", "id").first()
    return Urgent(rows.count(), first)


def _low() -> list[tuple[Account, Left]]:
    """Of each account the limits of which a fifth is left, or nothing for one reply."""
    return [
        (account, limit)
        for account in Account.objects.filter(disconnected_at=None).order_by("id")
        for limit in forecast.left(account)
        if limit.frees_at is not None or limit.left <= LOW * limit.cap
    ]


def _lines() -> list[Revision]:
    """What is public now, the newest word of each answer; newest first."""
    standing = Q(published_at__isnull=False, answer__withdrawn_at=None)
    own = Q(language=F("answer__language"))
    rows = Revision.objects.filter(standing, own).select_related("answer")
    newest: dict[int, Revision] = {}
    for each in rows.order_by("-published_at", "-id")[:SHOWN]:
        newest.setdefault(each.answer_id, each)
    return list(newest.values())


def _stated(crisis: Crisis) -> Entry | None:
    said = Entry.objects.filter(crisis=crisis, did="stated").select_related("by")
    return said.order_by("-at", "-id").first()


def _coming_back(until: datetime) -> list[Snooze]:
    rows = asleep.asleep().filter(until__lte=until).order_by("until", "id")
    return list(rows.select_related("conversation__person", "advisor", "question")[:SHOWN])


def _drafts() -> list[Draft]:
    """What somebody began to write to people who wait; the oldest first."""
    rows = Draft.objects.exclude(text="").filter(conversation__waiting_since__isnull=False)
    return list(
        rows.select_related("conversation__person", "advisor").order_by("saved_at", "id")[:SHOWN]
    )
