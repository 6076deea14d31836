"""Believing what platforms say: what they tell of a limit, refuse for one, or show of others.

The edge of `learn.py`. Call these in the transaction in which the attempt was written down, so
that it is among what we counted ourselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from rejoinder.budget import learn
from rejoinder.budget.actions import enter, hold, totals_before
from rejoinder.budget.correct import take_back
from rejoinder.budget.dated import in_force
from rejoinder.budget.learn import Standing
from rejoinder.budget.models import Allowance, LimitRule, Reservation, Source, Spend
from rejoinder.budget.rules import Unit, believe, units, window
from rejoinder.budget.window import GUARD, boundary, start
from rejoinder.channels.contract import Observed
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock, live

# An estimate is tried again after a day: a limit that was reduced for a while is whole by then.
ESTIMATED = timedelta(days=1)

Limit = tuple[Unit, LimitRule]
_NOTHING = (0, None)


@dataclass(frozen=True, slots=True)
class _News:
    """Something told of one limit; `said` that it was named or told by its window, not guessed."""

    unit: Unit
    rule: LimitRule
    told: Observed
    said: bool


def observe(account: Account, told: Sequence[Observed]) -> None:
    """Take over what a platform told with an answer. Most say nothing new, and write nothing."""
    if not told:
        return
    news = [each for each in _meant(_limits(account), told) if _learned(each) != _NOTHING]
    if news:
        with transaction.atomic():
            for each in news:
                _take_over(each)
            _lowered(account)


def refused(account: Account, after: float, words: str, told: Sequence[Observed] = ()) -> None:
    """A limit refused us: hold for `after` seconds, and find out which limit is lower than thought.

    Where the platform told which one is used up, that is known already; else it is estimated, so
    that the same cut is not met again when the wait is over.
    """
    with transaction.atomic():
        hold(account, after, words)
        known = _limits(account)
        if not _explained(known, told):
            _estimate(known, after)
        _lowered(account)


def seen(account: Account, posted_at: datetime) -> None:
    """Our timeline shows a post of ours that this desk did not send: it counts like one of ours.

    Once: where a platform has told of it before, it is what it told of.
    """
    with transaction.atomic():
        for unit in units(account):
            cost = unit.cost("") if unit.all_clients else 0
            if cost and not _was_told(unit, cost, posted_at):
                enter(unit.allowance.pk, cost)
        _lowered(account)


def _limits(account: Account) -> list[Limit]:
    now = clock.now()
    return [(unit, rule) for unit in units(account) for rule in in_force(unit.rules, now)]


def _meant(known: Sequence[Limit], told: Sequence[Observed]) -> list[_News]:
    """Each thing told with the limit it was told of."""
    limits, now = [(rule.name, window(rule)) for _, rule in known], clock.now()
    meant = [(each, *learn.meant(limits, each, now, GUARD)) for each in told]
    return [_News(*known[place], each, said) for each, places, said in meant for place in places]


def _learned(news: _News) -> tuple[int, int | None]:
    """What others spent, and the cap that was stated."""
    standing = _standing(news.unit, news.rule)
    cap = learn.stated(standing, news.told) if news.said else None
    return learn.others(standing, news.told), cap


def _take_over(news: _News) -> None:
    _lock(news.unit)
    theirs, cap = _learned(news)
    if theirs:
        enter(news.unit.allowance.pk, theirs, unseen=theirs)
    if cap is not None:
        believe(news.rule, cap, Source.TOLD)


def _lock(unit: Unit) -> None:
    """Nobody else enters a spend between our counting and ours."""
    unit.allowance.refresh_from_db(from_queryset=Allowance.objects.select_for_update())


def _standing(unit: Unit, rule: LimitRule) -> Standing:
    allowance, known = unit.allowance, window(rule)
    [before] = totals_before(allowance, [boundary(known, clock.now(), allowance.guard)])
    return Standing(
        name=rule.name,
        window=known,
        used=allowance.spent - before,
        flying=_flying(allowance),
        cost=unit.cost(""),
        estimated=rule.source == Source.ESTIMATED,
        corrected=rule.source == Source.CORRECTED,
    )


def _flying(allowance: Allowance) -> int:
    under_way = Reservation.objects.filter(started_at__isnull=False)
    key = str(allowance.pk)
    return sum(costs.get(key, 0) for costs in under_way.values_list("costs", flat=True))


def _explained(known: Sequence[Limit], told: Sequence[Observed]) -> bool:
    """Whether the platform told of one of our limits that it is used up."""
    return any(learn.used_up(one.told, one.unit.cost("")) for one in _meant(known, told))


def _estimate(known: Sequence[Limit], after: float) -> None:
    now = clock.now()
    for unit, _ in known:
        _lock(unit)
    standings = [_standing(*limit) for limit in known]
    frees = [_frees_at(unit, rule, now) for unit, rule in known]
    found = learn.refused(standings, frees, now + timedelta(seconds=after))
    if found is not None:
        place, cap = found
        rule = known[place][1]
        believe(rule, cap, Source.ESTIMATED, until=now + max(ESTIMATED, rule.window))


def _frees_at(unit: Unit, rule: LimitRule, now: datetime) -> datetime:
    """When the first of what is used leaves the window, by the platform's count."""
    known = window(rule)
    if known.fixed:
        return start(known, now) + known.length
    inside = Spend.objects.filter(allowance=unit.allowance, at__gt=now - known.length)
    first = inside.order_by("at").values_list("at", flat=True).first()
    return (first or now) + known.length


def _was_told(unit: Unit, cost: int, posted_at: datetime) -> bool:
    """Whether a platform told of it after it was posted; it has told of it then."""
    told = Spend.objects.filter(
        allowance=unit.allowance, unseen__gte=cost, at__gte=posted_at - GUARD
    )
    first = told.order_by("at", "total").first()
    mine = Spend.objects.filter(pk=first.pk if first else 0, unseen__gte=cost)
    return bool(mine.update(unseen=F("unseen") - cost))


def _lowered(account: Account) -> None:
    take_back(account)
    live.changed(live.account(account.public_id))
