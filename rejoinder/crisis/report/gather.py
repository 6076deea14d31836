"""Reading from rows what the report of a crisis tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Count, Max

from rejoinder.answers.models import Told
from rejoinder.budget.usage import windows
from rejoinder.channels.models import Account
from rejoinder.crisis.models import Crisis, Did, Entry, Promise
from rejoinder.crisis.picture.bins import bins
from rejoinder.crisis.picture.readings import Readings, readings
from rejoinder.crisis.picture.volume import Volume, volume
from rejoinder.crisis.picture.waits import Waits, waits
from rejoinder.crisis.report.record import Moments, Said, Spent, most_at_once
from rejoinder.crisis.timeline import entries
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock


@dataclass(frozen=True, slots=True)
class Record:
    """Everything of one crisis, until it ended or until now. Lines in the order of time."""

    crisis: Crisis
    until: datetime
    moments: Moments
    volume: Volume
    readings: Readings
    lines: Sequence[Entry]
    promises: Sequence[Promise]
    waits: Waits
    spent: Sequence[Spent]
    said: Sequence[Said]


def gather(crisis: Crisis) -> Record:
    """Read now."""
    until = crisis.stood_down_at or clock.now()
    seen = bins(crisis.began_at, until)
    lines = entries.newest(crisis, None)[::-1]
    return Record(
        crisis=crisis,
        until=until,
        moments=_moments(crisis, until, lines),
        volume=volume(seen, until),
        readings=readings(seen),
        lines=lines,
        promises=sorted(entries.promises(crisis), key=lambda each: (each.due_at, each.pk)),
        waits=waits(crisis.began_at, until),
        spent=_spent(crisis.began_at, until),
        said=_said(crisis.began_at, until),
    )


def _moments(crisis: Crisis, until: datetime, lines: Sequence[Entry]) -> Moments:
    stated = (line.at for line in lines if line.did in (Did.STATED, Did.PUBLISHED))
    sent = Reply.objects.filter(
        state=State.SENT, sent_at__gte=crisis.began_at, sent_at__lte=until
    ).order_by("sent_at")
    return Moments(
        began_at=crisis.began_at,
        declared_at=crisis.declared_at,
        stated_at=next(stated, None),
        answered_at=sent.values_list("sent_at", flat=True).first(),
        ended_at=crisis.stood_down_at,
    )


def _spent(begins: datetime, until: datetime) -> list[Spent]:
    """By account and limit, from the replies that left; the scarcest first."""
    accounts = list(Account.objects.order_by("id"))
    sent = Reply.objects.filter(state=State.SENT, sent_at__gte=begins, sent_at__lte=until)
    rows = [
        (account, at.timestamp()) for account, at in sent.values_list("account", "sent_at") if at
    ]
    found = []
    for window in windows(accounts, clock.now(), begins):
        own = {accounts[number].pk for number in window.accounts}
        times = np.array(sorted(at - begins.timestamp() for account, at in rows if account in own))
        if len(times):
            account = accounts[window.accounts[0]]
            most = most_at_once(times, window.length, window.ends)
            spent = Spent(
                account.handle, account.channel, window.name, len(times), most, window.cap
            )
            found.append(spent)
    return sorted(found, key=lambda each: -each.most / max(each.cap, 1))


def _said(begins: datetime, until: datetime) -> list[Said]:
    """Answers that somebody was told, the one told most first."""
    told = Told.objects.filter(at__gte=begins, at__lte=until).values("revision__answer")
    rows = told.annotate(
        people=Count("person", distinct=True),
        number=Max("revision__number"),
        title=Max("revision__title"),
    )
    return [
        Said(row["title"], row["number"], row["people"])
        for row in rows.order_by("-people", "revision__answer")
    ]
