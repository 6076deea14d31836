"""What the rest of the day comes to, account by account, for whoever steers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from django.db.models import Count

from rejoinder.budget.plan.outlook import Outlook, lasting, outlooks, told
from rejoinder.budget.plan.situation import Floats, Situation, Window
from rejoinder.budget.usage import NO_CAPS, Caps, went, windows
from rejoinder.channels.models import Account
from rejoinder.desk.models import PlanSettings
from rejoinder.desk.plan import ways
from rejoinder.desk.plan.day import Day
from rejoinder.desk.plan.gather import Gathered, gather
from rejoinder.desk.plan.settings import as_settings, check, in_force
from rejoinder.listening.models import Conversation, Question
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor

OFTEN = 5  # questions that are shown


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of one limit that may run out: what was left as the day went, and each choice from here."""

    account: Account
    window: Window
    past: Sequence[tuple[float, float]]
    now: Sequence[Outlook]
    changed: Sequence[Outlook] | None

    @property
    def left(self) -> int:
        return max(0, self.window.cap - len(self.window.past))


@dataclass(frozen=True, slots=True)
class Picture:
    """The day, its limits (the scarcest first), and how many are kept back, or are to be
    answered in another way, by reason and need."""

    day: Day
    second: float
    limits: Sequence[Ahead]
    kept_back: Sequence[tuple[str, int, int]]
    moved: Sequence[tuple[str, int, int]]
    often: Sequence[Question]

    def moment(self, second: float) -> datetime:
        """A second of the day as a moment."""
        return self.day.moment(second)


def picture(actor: Advisor, changed: PlanSettings | None = None, caps: Caps = NO_CAPS) -> Picture:
    """As it is set, and as it would be with other settings and limits.

    Raises CannotError for bad settings.
    """
    access.require(actor, access.READ)
    if changed is not None:
        check(changed)
    every = [in_force()] if changed is None else [in_force(), in_force(changed)]
    known = gather(every[0])
    situations = [_set(known, each, caps if each is not every[0] else NO_CAPS) for each in every]
    limits = [
        _ahead(known, number, window, situations)
        for number in range(len(known.accounts))
        for window in told(known.situation, number)
    ]
    limits.sort(key=lambda one: (one.window.money, one.left / max(one.window.cap, 1)))
    asked = Question.objects.filter(people__gte=every[-1].askers, dismissed_at=None)
    often = asked.order_by("-people")[:OFTEN]
    return Picture(known.day, known.situation.now, limits, _kept_back(), ways.counts(), list(often))


def _set(known: Gathered, settings: PlanSettings, caps: Caps) -> Situation:
    """The situation with these settings and limits."""
    found = replace(known.situation, settings=as_settings(settings))
    if not caps:
        return found
    now = known.day.moment(found.now)
    return replace(found, windows=windows(known.accounts, now, known.day.begins, caps))


def _ahead(known: Gathered, number: int, window: Window, situations: Sequence[Situation]) -> Ahead:
    now, *others = (_outlooks(each, number, window) for each in situations)
    when = went(known.accounts[number], window.name, clock.now(), known.day.begins)
    past = _past(window, when, known.situation.now)
    return Ahead(known.accounts[number], window, past, now, others[0] if others else None)


def _outlooks(situation: Situation, number: int, window: Window) -> list[Outlook]:
    """Of the limit that is called so, while the others of its account hold too."""
    every = lasting(situation, number)
    same = next(each for each in every if each.name == window.name)
    return outlooks(situation, same, [each for each in every if each is not same])


def _past(window: Window, when: Floats, now: float) -> list[tuple[float, float]]:
    """What was left of the limit since the day began, by half hours."""
    moments = np.append(np.arange(0.0, now, 1800.0), now)
    left = []
    for at in moments.tolist():
        since = at - window.length
        if window.ends is not None:
            since = window.ends + (at - window.ends) // window.length * window.length
        many = np.diff(np.searchsorted(when, [since, at], side="right"))[0]
        left.append((at, float(max(0, window.cap - many))))
    return left


def _kept_back() -> list[tuple[str, int, int]]:
    waiting = Conversation.objects.filter(
        waiting_since__isnull=False, holder=None, kept_back__isnull=False
    )
    rows = waiting.values_list("kept_back", "need").annotate(many=Count("id"))
    return sorted((why or "", need, many) for why, need, many in rows)
