"""What people may ask for about themselves: all that is kept of them, and that it goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from rejoinder.plumbing import clock
from rejoinder.privacy import holdings, vault
from rejoinder.privacy.ledger.append import at as moment
from rejoinder.privacy.models import Cell, LedgerEntry, LedgerSet
from rejoinder.privacy.purpose import ALWAYS
from rejoinder.privacy.retention import holds
from rejoinder.privacy.vault import Person, cipher, erasing
from rejoinder.privacy.vault.opening import Actor

_ROWS = 500  # people looked up in one statement


def export(person: Person, actor: Actor, why: str) -> dict[str, Any]:
    """Everything kept of a person: what is sealed, who opened it and what for, and each room's.

    What is sealed is opened to show it to them, and stands in the ledger as such.
    """
    subject = vault.find([person]).get(person, "")
    return {
        "person": person._asdict(),
        "at": clock.now().isoformat(),
        "sealed": list(_sealed(subject, actor, why)),
        "openings": list(_openings(subject)),
        "rooms": {one.name: one.export(person) for one in holdings.everywhere()},
    }


def erase(person: Person, actor: str, why: str, *, tidy_after: bool = True) -> dict[str, int]:
    """Take away all that is kept of a person; how many rows of each room were about them.

    The ledger keeps its entries, under a pseudonym that leads nowhere any more. Raises HeldError
    when a legal hold stands against it; RuntimeError within a transaction. Who erases many people
    calls `tidy` once, after the last.
    """
    holds.require_none(person)
    return _erase(person, actor, why, tidy_after=tidy_after, may_be_held=True)


def erase_again(since: datetime) -> int:
    """Erase whom a backup of that moment brought back, after erasures that came later; how many."""
    found: list[Person] = []
    some: list[Person] = []
    for person in (each for room in holdings.everywhere() for each in room.people()):
        some.append(person)
        if len(some) == _ROWS:
            found, some = found + erasing.listed(since, some), []
    for person in (found := found + erasing.listed(since, some)):
        # They were erased before: no hold that the backup brought back keeps them.
        _erase(person, "job restore", "erased after this backup was made")
    return len(found)


def tidy() -> None:
    """Make sure that what was taken away stands in no file of the database any more."""
    for holding in holdings.everywhere():
        holding.tidy()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM")


def _erase(
    person: Person, actor: str, why: str, *, tidy_after: bool = True, may_be_held: bool = False
) -> dict[str, int]:
    rows: dict[str, int] = {}

    def rooms() -> None:
        if may_be_held:  # a hold that was placed since waits for this, or this sees it
            holds.require_none(person)
        rows.update({one.name: one.erase(person) for one in holdings.everywhere()})

    with _overwriting():
        erasing.erase(person, actor, why, rooms)
        if tidy_after:
            tidy()
    return rows


@contextmanager
def _overwriting() -> Iterator[None]:
    """SQLite writes zeros over what is deleted, for as long as this lasts."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA secure_delete=OFF")


def _sealed(subject: str, actor: Actor, why: str) -> Iterator[dict[str, Any]]:
    for cell in Cell.objects.filter(subject=subject).order_by("field", "item") if subject else ():
        value: str | None
        try:
            value = vault.open(subject, cell.field, ALWAYS, actor, why, item=cell.item)
        except (vault.NothingSealedError, cipher.CannotOpenError):
            value = None  # it is there, and nobody can read it: they should know that too
        yield {
            "field": cell.field,
            "of": cell.item,
            "value": value,
            "kept_for": cell.purposes.split(","),
            "since": cell.sealed_at.isoformat(),
        }


def _openings(subject: str) -> Iterator[dict[str, Any]]:
    """Who opened something of theirs, alone or among many. Colleagues' names are not theirs."""
    if not subject:
        return
    among = [one.entry_id for one in LedgerSet.objects.all() if subject in one.names()]
    mine = [*LedgerEntry.objects.of(subject), *LedgerEntry.objects.filter(place__in=among)]
    for entry in sorted(mine, key=lambda one: one.place):
        yield {
            "at": moment(entry.at).isoformat(),
            "what": entry.kind,
            "field": entry.field,
            "purpose": entry.purpose,
            "why": entry.why,
            "system": entry.system or "this desk",
        }
