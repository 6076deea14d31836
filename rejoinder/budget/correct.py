"""Correcting what is believed of a limit: people read it on the platform, or know a better one."""

from django.db import transaction

from rejoinder.budget import amount
from rejoinder.budget.actions import release, top
from rejoinder.budget.dated import in_force
from rejoinder.budget.models import LimitRule, Reservation, Source
from rejoinder.budget.rules import believe, units
from rejoinder.channels.contract import MONEY
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def may_correct(actor: Advisor) -> bool:
    """Whoever connects accounts."""
    return access.may(actor, access.CONNECT)


def correct(account: Account, actor: Advisor, name: str, cap: float) -> None:
    """Believe another cap from now on. Room already given above it goes back, the newest first.

    Raises LimitRule.DoesNotExist when the account has no limit of this name.
    """
    access.require(actor, access.CONNECT)
    _correct(account, actor, _named(account, name), cap)


def set_money(account: Account, actor: Advisor, name: str, cap: float) -> None:
    """Spend no more than this from now on. Money is the organisation's: whoever steers sets it.

    Raises LimitRule.DoesNotExist when the account has no money of this name.
    """
    access.require(actor, access.STEER)
    rule = _named(account, name)
    if rule.unit not in MONEY:
        raise LimitRule.DoesNotExist(name)
    if rule.cap != amount.cap(cap):
        _correct(account, actor, rule, cap)


def _correct(account: Account, actor: Advisor, rule: LimitRule, cap: float) -> None:
    with transaction.atomic():
        believe(rule, amount.cap(cap), Source.CORRECTED)
        take_back(account)
        live.changed(live.account(account.public_id))
        before = amount.shown(rule.cap)
        audit.line(
            actor, "corrected a limit of", account.handle, limit=rule.name, cap=cap, before=before
        )


def _named(account: Account, name: str) -> LimitRule:
    now = clock.now()
    for unit in units(account, ""):
        for rule in in_force(unit.rules, now):
            if rule.name == name:
                return rule
    raise LimitRule.DoesNotExist(name)


def take_back(account: Account) -> None:
    """Replies that lose their room wait for it again, behind nobody: Send reserves anew.

    The newest are first, and only as many as a limit that is lower now, or used by others, asks.
    """
    for unit in units(account):
        key = str(unit.allowance.pk)
        highest, held = top(unit, clock.now()), unit.allowance.spent + unit.allowance.reserved
        for kept in Reservation.objects.filter(started_at=None).order_by("-id"):
            if held <= highest:
                break
            if key in kept.costs and release(kept.pk):
                held -= kept.costs[key]
