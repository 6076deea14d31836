"""Which version of a limit is in force at a moment, and what a reply of a kind costs. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from rejoinder.channels.contract import DELETE, EDIT, PRIVATE, PUBLICATION

EVER = datetime.min.replace(tzinfo=UTC)


class Dated(Protocol):
    """A version of a limit. Of those that begin together the later number counts."""

    pk: int
    name: str
    valid_from: datetime | None
    valid_to: datetime | None


Version = TypeVar("Version", bound=Dated)


def in_force(versions: Iterable[Version], at: datetime) -> list[Version]:
    """Of each name the version that has begun last and not ended, in the order given."""
    newest: dict[str, Version] = {}
    for version in versions:
        if _holds(version, at):
            newest[version.name] = max(newest.get(version.name, version), version, key=_begun)
    return list(newest.values())


def binding(versions: Iterable[Version], now: datetime, guard: timedelta) -> list[Version]:
    """Every version in force within the guard of now: around a change both have to be kept."""
    found = list(versions)
    moments = (now, now - guard, now + guard)
    each = {version.pk: version for at in moments for version in in_force(found, at)}
    return list(each.values())


def price(cost: int, costs: Mapping[str, int], kind: str | None) -> int:
    """What a reply of a kind takes. None is one not written yet: the dearest public one."""
    if kind is None:
        other = (PRIVATE, PUBLICATION, EDIT, DELETE)
        return max([cost, *(each for name, each in costs.items() if name not in other)])
    return costs.get(kind, cost)


def _holds(version: Dated, at: datetime) -> bool:
    begun = version.valid_from is None or version.valid_from <= at
    return begun and (version.valid_to is None or at < version.valid_to)


def _begun(version: Dated) -> tuple[datetime, int]:
    return (version.valid_from or EVER, version.pk)
