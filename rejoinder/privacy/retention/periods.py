"""The periods: what had its time by them, and setting them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy.models import Cell, Period
from rejoinder.privacy.purpose import PURPOSES
from rejoinder.privacy.retention import holds, resting, rules
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.privacy.vault import Person
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

CHANNEL, PURPOSE = "channel", "purpose"
_ROWS = 500  # people asked about in one go


class Periods(NamedTuple):
    """Days by channel and by purpose; what is not named is kept without an end."""

    channels: Mapping[str, int]
    purposes: Mapping[str, int]


class Due(NamedTuple):
    """What had its time: people by channel, and sealed values in all."""

    channels: Mapping[str, int]
    values: int

    @property
    def total(self) -> int:
        """People and values together."""
        return sum(self.channels.values()) + self.values


def kept() -> Periods:
    """Those in force."""
    rows = list(Period.objects.all())
    of = {
        kind: {row.name: row.days for row in rows if row.kind == kind}
        for kind in (CHANNEL, PURPOSE)
    }
    return Periods(of[CHANNEL], of[PURPOSE])


def due(periods: Periods) -> Due:
    """How much these periods would delete now."""
    now = clock.now()
    channels = {
        name: sum(1 for _person in people(name, rules.before(now, days)))
        for name, days in periods.channels.items()
    }
    return Due(channels, sum(rows.count() for rows in values(periods.purposes, now)))


def people(channel: str, before: datetime) -> Iterator[Person]:
    """Whom a channel's period lets go: quiet since then, nothing open with them, not held."""
    found = resting.quiet(channel, before)
    while some := list(islice(found, _ROWS)):
        stay = resting.busy(some) | holds.of(some)
        yield from (one for one in some if one not in stay)


def values(purposes: Mapping[str, int], now: datetime) -> Iterator[QuerySet[Cell]]:
    """Sealed values that all their purposes let go; those of people who are held stay."""
    held = holds.subjects()
    if held is None:
        return
    for written in Cell.objects.order_by().values_list("purposes", flat=True).distinct():
        days = rules.days(written.split(","), purposes)
        if days is not None:
            rows = Cell.objects.filter(purposes=written, sealed_at__lt=rules.before(now, days))
            yield rows.exclude(subject__in=held)


def change(actor: Advisor, wanted: Periods, agreed: int) -> None:
    """Keep by these from now on.

    `agreed` is how much they said they would delete: raises CannotError when it is more by now,
    for a period that is none, and for a channel or a purpose that is not known.
    """
    access.require(actor, access.PRIVACY)
    check(wanted)
    if due(wanted).total > agreed:
        raise CannotError(_("More would be deleted than was shown. Look again."))
    with transaction.atomic():
        before = kept()
        for kind, was, days in (
            (CHANNEL, before.channels, wanted.channels),
            (PURPOSE, before.purposes, wanted.purposes),
        ):
            _write(actor, kind, was, days)


def _write(actor: Advisor, kind: str, was: Mapping[str, int], days: Mapping[str, int]) -> None:
    for name in _changed(was, days):
        if name in days:
            values = {"days": days[name], "changed_at": clock.now(), "changed_by": actor}
            Period.objects.update_or_create(kind=kind, name=name, defaults=values)
        else:
            Period.objects.filter(kind=kind, name=name).delete()
        audit.line(
            actor,
            "changed how long personal data is kept",
            name,
            days=days.get(name, "no end"),
        )


def _changed(was: Mapping[str, int], days: Mapping[str, int]) -> Sequence[str]:
    return [name for name in sorted({*was, *days}) if was.get(name) != days.get(name)]


def check(wanted: Periods) -> None:
    """Raises CannotError for a period that is none, and for a name that nobody knows."""
    if not all(
        rules.possible(each) for each in (*wanted.channels.values(), *wanted.purposes.values())
    ):
        raise CannotError(_("A period is a number of days from 1 to 36,500, or empty."))
    if unknown := set(wanted.purposes) - set(PURPOSES):
        raise CannotError(_("There is no purpose %(name)s.") % {"name": min(unknown)})
    if unknown := set(wanted.channels) - {*resting.channels(), *kept().channels}:
        raise CannotError(_("Nobody was heard on %(name)s.") % {"name": min(unknown)})
