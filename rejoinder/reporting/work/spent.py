"""What platforms let us do and what we did of it: replies, refusals, and units such as money."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from rejoinder.budget import amount
from rejoinder.budget.models import Spend
from rejoinder.budget.rules import KEPT
from rejoinder.channels.contract import MONEY
from rejoinder.channels.models import Account
from rejoinder.outbox.models import Reply, State


@dataclass(frozen=True, slots=True)
class Sent:
    """Of an account: replies that left, and those a platform refused when they were tried."""

    account: Account
    sent: int
    refused: int


@dataclass(frozen=True, slots=True)
class Paid:
    """What was spent of a unit by whoever holds its allowance; `channel` where apps share it."""

    account: Account | None
    channel: str
    unit: str
    spent: float
    uses: int
    money: bool


def replies(begins: datetime, ends: datetime) -> list[Sent]:
    """By account, the one with most replies first; those without any are left out."""
    left = Reply.objects.filter(state=State.SENT, sent_at__gte=begins, sent_at__lt=ends)
    refused = Reply.objects.filter(state=State.REFUSED, sending_at__gte=begins, sending_at__lt=ends)
    many: dict[int, dict[str, int]] = defaultdict(dict)
    for state, rows in ((State.SENT, left), (State.REFUSED, refused)):
        for account, each in rows.values_list("account").annotate(n=Count("id")):
            many[account][state] = each
    accounts = Account.objects.in_bulk(many)
    found = [
        Sent(accounts[each], row.get(State.SENT, 0), row.get(State.REFUSED, 0))
        for each, row in many.items()
    ]
    return sorted(found, key=lambda each: (-each.sent, -each.refused, each.account.pk))


def known(begins: datetime, now: datetime) -> bool:
    """Whether every use since then is kept: uses older than any window needs are let go."""
    return begins >= now - KEPT


def units(begins: datetime, ends: datetime) -> list[Paid]:
    """By holder and unit, attempts included, money first. What single conversations are allowed is
    left out: their account spent it too.
    """
    rows = list(
        Spend.objects.filter(at__gte=begins, at__lt=ends)
        .exclude(allowance__holder__startswith="conversation:")
        .values_list("allowance__holder", "allowance__unit")
        .annotate(n=Count("id"), cost=Sum("cost"))
    )
    accounts = Account.objects.in_bulk([_number(holder) for holder, *_ in rows])
    told = [
        Paid(
            account=accounts.get(_number(holder)),
            channel="" if _number(holder) else holder.partition(":")[2],
            unit=unit,
            spent=amount.shown(cost),
            uses=uses,
            money=unit in MONEY,
        )
        for holder, unit, uses, cost in rows
    ]
    return sorted(told, key=lambda each: (not each.money, each.unit, -each.spent, each.channel))


def _number(holder: str) -> int:
    """The number of the account, 0 for an app."""
    kind, _, number = holder.partition(":")
    return int(number) if kind == "account" else 0
