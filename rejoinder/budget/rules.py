"""The limits of an account: taken over from its channel, corrected later, read as windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from rejoinder.budget import amount, dated
from rejoinder.budget.models import Allowance, LimitRule, Source, Spend
from rejoinder.budget.window import GUARD, Window
from rejoinder.channels import registry
from rejoinder.channels.contract import Limit
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock

KEPT = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Unit:
    """One allowance with the limits that share its unit."""

    allowance: Allowance
    rules: tuple[LimitRule, ...]

    def cost(self, kind: str | None = None) -> int:
        """What one reply of a kind takes: the highest of its limits, so that none is passed."""
        return max((dated.price(rule.cost, rule.costs, kind) for rule in self.rules), default=0)

    @property
    def all_clients(self) -> bool:
        """Whether a post by another client of ours counts here too."""
        return any(rule.all_clients for rule in self.rules)


def holder(account: Account, scope: str, about: str = "") -> str:
    """Whose totals a limit of this scope counts in."""
    if scope == "app":
        return f"app:{account.channel}"
    if scope == "conversation":
        return f"conversation:{account.pk}:{about}"
    return f"account:{account.pk}"


def adopt(account: Account, limits: Sequence[Limit] | None = None) -> None:
    """Take over these limits, or those its channel declares; what was corrected stays in force."""
    declared = registry.channel(account.channel).limits() if limits is None else limits
    with transaction.atomic():
        for limit in declared:
            _adopt_one(account, limit)
        units(account)


def _adopt_one(account: Account, limit: Limit) -> None:
    values = _values(limit)
    # The limit of a conversation is a rule of the account, counted in each of them.
    whose = holder(account, "app" if limit.scope == "app" else "account")
    declared = LimitRule.objects.filter(
        holder=whose,
        name=limit.name,
        valid_from=limit.valid_from,
        source__in=(Source.PUBLISHED, Source.ESTIMATED),
    )
    if declared.order_by("-id").values(*values).first() != values:
        LimitRule.objects.create(
            holder=whose,
            name=limit.name,
            made_at=clock.now(),
            source=Source.PUBLISHED if limit.published else Source.ESTIMATED,
            valid_from=limit.valid_from,
            valid_to=limit.valid_to,
            **values,
        )


def _values(limit: Limit) -> dict[str, object]:
    return {
        "unit": limit.unit,
        "scope": limit.scope,
        "cap": amount.cap(limit.cap),
        "cost": amount.cost(limit.cost),
        "costs": {kind: amount.cost(cost) for kind, cost in limit.costs.items()},
        "window": timedelta(seconds=limit.window),
        "fixed": limit.alignment == "fixed",
        "offset": timedelta(seconds=limit.offset),
        "all_clients": limit.all_clients,
    }


def believe(
    rule: LimitRule, cap: int, source: Source, *, until: datetime | None = None
) -> LimitRule:
    """Another cap from now on, and what was believed before stays on record.

    `until` makes it pass by itself, and what it stands before comes into force again.
    """
    now = clock.now()
    begun = Q(valid_from=None) | Q(valid_from__lte=now)
    lasts = Q(valid_to=None) | Q(valid_to__gt=now)
    replaced = LimitRule.objects.filter(begun, lasts, holder=rule.holder, name=rule.name)
    if until is not None:
        replaced = replaced.filter(source=Source.ESTIMATED, valid_to__isnull=False)
    replaced.update(valid_to=now)
    values = {
        field.attname: getattr(rule, field.attname)
        for field in LimitRule._meta.concrete_fields
        if field.attname != "id"
    }
    values |= {"cap": cap, "source": source, "made_at": now, "valid_from": now, "valid_to": until}
    return LimitRule.objects.create(**values)


def believed(account: Account, at: datetime) -> list[LimitRule]:
    """The limits as they were believed at a moment, for reports."""
    return dated.in_force(_rules(account).filter(made_at__lte=at), at)


def units(account: Account, about: str | None = None) -> list[Unit]:
    """The allowances of an account with the limits that bind now, always in one order.

    Limits of conversations are left out unless one is named. An account that was never adopted
    is adopted now: no limits known is not no limits.
    """
    now = clock.now()
    rules = list(_current(_rules(account), now))
    if _never_adopted(account, rules):
        adopt(account)
        now = clock.now()  # those adopted bind from their own moment on
        rules = list(_current(_rules(account), now))
    found: dict[tuple[str, str], list[LimitRule]] = {}
    for rule in dated.binding(rules, now, GUARD):
        if rule.scope != "conversation" or about is not None:
            found.setdefault((holder(account, rule.scope, about or ""), rule.unit), []).append(rule)
    allowances = _allowances(list(found))
    # In the order in which rows are locked everywhere.
    order = sorted(found, key=lambda key: allowances[key].pk)
    return [Unit(allowances[key], tuple(found[key])) for key in order]


def _never_adopted(account: Account, rules: Sequence[LimitRule]) -> bool:
    """Another account of its channel may have brought the rules of their app already."""
    if any(rule.holder == holder(account, "account") for rule in rules):
        return False
    scopes = {limit.scope for limit in registry.channel(account.channel).limits()}
    return bool(scopes - {"app"}) or bool(scopes and not rules)


def binds_from(rule: LimitRule) -> datetime:
    """Since when it is kept: one with a date a guard earlier, for clocks that run ahead of ours."""
    return max(rule.made_at, rule.valid_from - GUARD) if rule.valid_from else rule.made_at


def _rules(account: Account) -> QuerySet[LimitRule]:
    whose = [holder(account, "account"), holder(account, "app")]
    return LimitRule.objects.filter(holder__in=whose).order_by("window", "id")


def _current(rules: QuerySet[LimitRule], now: datetime) -> QuerySet[LimitRule]:
    """Leaves out what ended long ago, however much of it there is."""
    return rules.filter(Q(valid_to=None) | Q(valid_to__gt=now - GUARD))


def _allowances(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Allowance]:
    rows = Allowance.objects.filter(holder__in={whose for whose, _ in keys})
    found = {(row.holder, row.unit): row for row in rows}
    for whose, unit in keys:
        if (whose, unit) not in found:
            made, _ = Allowance.objects.get_or_create(
                holder=whose, unit=unit, defaults={"guard": GUARD}
            )
            found[whose, unit] = made
    return found


def forget_spends() -> int:
    """Delete spends older than any window can ask for; the newest of them carries the total."""
    longest = LimitRule.objects.aggregate(longest=Max("window"))["longest"] or timedelta(0)
    # A fixed window reaches back its length and two guards; a corrected one may be longer.
    before = clock.now() - max(2 * longest, KEPT)
    return sum(_forget(allowance, before) for allowance in Allowance.objects.all()) + _forget_talks(
        before
    )


def _forget(allowance: Allowance, before: datetime) -> int:
    old = Spend.objects.filter(allowance=allowance, at__lt=before).order_by("-at", "-total")
    carries = old.values_list("id", flat=True).first()
    return old.exclude(id=carries).delete()[0] if carries else 0


def _forget_talks(before: datetime) -> int:
    """Allowances of single conversations go with their last spend."""
    talks = Allowance.objects.filter(holder__startswith="conversation:", reserved=0)
    return talks.exclude(spend__at__gte=before).delete()[0]


def window(rule: LimitRule) -> Window:
    """The rule as the pure part reads it."""
    return Window(cap=rule.cap, length=rule.window, fixed=rule.fixed, offset=rule.offset)
