"""Correcting what is believed of a limit: people read it on the platform, or know a better one."""

from django.db import transaction

from rejoinder.budget import amount
from rejoinder.budget.actions import release
from rejoinder.budget.forecast import left
from rejoinder.budget.models import LimitRule, Reservation
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
    with transaction.atomic():
        rule = LimitRule.objects.get(account=account, name=name)
        rule.cap, rule.corrected_at = amount.cap(cap), clock.now()
        rule.save(update_fields=["cap", "corrected_at"])
        _take_back(account)
        live.changed(live.account(account.public_id))
        audit.line(actor, "corrected a limit of", account.handle, limit=name, cap=cap)


def _take_back(account: Account) -> None:
    """Replies that lose their room wait for it again, behind nobody: Send reserves anew."""
    newest = Reservation.objects.filter(account=account, started_at=None).order_by("-id")
    for reservation in newest:
        if all(each.used + each.reserved <= each.cap for each in left(account)):
            return
        release(reservation.pk)
