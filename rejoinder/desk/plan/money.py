"""Money for replies: a limit that a lead sets, so that nobody spends more by answering."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from rejoinder.budget import amount, forecast
from rejoinder.budget.correct import set_money
from rejoinder.budget.usage import Caps
from rejoinder.channels.contract import MONEY
from rejoinder.channels.models import Account
from rejoinder.desk.refusals import CannotError
from rejoinder.team.models import Advisor

MOST = 1_000_000.0  # of any currency; more is a slip of the hand

Wanted = Mapping[tuple[int, str], float]  # by number of the account and name of the limit


@dataclass(frozen=True, slots=True)
class Purse:
    """Money that replies of an account take: what may be spent in a window, and what was."""

    account: Account
    name: str
    unit: str
    cap: float
    spent: float
    window: timedelta

    @property
    def key(self) -> tuple[int, str]:
        return self.account.pk, self.name


def purses() -> list[Purse]:
    """Every one of the accounts that are connected."""
    accounts = Account.objects.filter(disconnected_at=None).order_by("id")
    return [
        Purse(account, each.name, each.unit, each.cap, each.used, each.window)
        for account in accounts
        for each in forecast.left(account)
        if each.unit in MONEY
    ]


def check(wanted: Wanted) -> None:
    """Raises CannotError for what is no sum of money."""
    if not all(math.isfinite(each) and 0 <= each <= MOST for each in wanted.values()):
        raise CannotError(_("Write money as a number from 0 to 1,000,000."))


def caps(wanted: Wanted) -> Caps:
    """As windows take them."""
    check(wanted)
    return {key: amount.cap(each) for key, each in wanted.items()}


def change(actor: Advisor, wanted: Wanted) -> None:
    """Spend so much and no more from now on; what stays as it is leaves no trace."""
    check(wanted)
    for purse in purses():
        if purse.key in wanted:
            set_money(purse.account, actor, purse.name, wanted[purse.key])
