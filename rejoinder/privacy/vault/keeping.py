"""Into the vault: values of people, each sealed under the person's key for named purposes."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from rejoinder.plumbing import clock
from rejoinder.privacy.ledger.append import micros, writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.ledger.reasons import masked
from rejoinder.privacy.models import Cell
from rejoinder.privacy.purpose import written
from rejoinder.privacy.vault import cipher, keys

_ROWS = 500  # in one statement


class Place(NamedTuple):
    """Where a value lies: whose it is, by pseudonym, and what it is.

    `item` tells apart what somebody has many of in one field, such as the post of an original.
    """

    subject: str
    field: str
    item: str = ""

    def bound(self, purposes: str) -> str:
        """What a seal is bound to, as the associated data of AES-GCM."""
        return f"{self.subject}\x1f{self.field}\x1f{self.item}\x1f{purposes}"


class Value(NamedTuple):
    """Something about a person, who is named by pseudonym (`keys.subjects`)."""

    place: Place
    text: str


def seal(values: Sequence[Value], purposes: Collection[str]) -> None:
    """Keep values, in the transaction of the caller; of one sealed before, the newer one.

    ValueError when a purpose is not on the list, KeyError when a person was erased.
    """
    allowed = written(purposes)
    newest = {value.place: value.text for value in values}
    key = keys.of({place.subject for place in newest})
    now = clock.now()
    Cell.objects.bulk_create(
        [
            Cell(
                **place._asdict(),
                purposes=allowed,
                sealed=sealed(text, key[place.subject], place, allowed),
                sealed_at=now,
            )
            for place, text in newest.items()
        ],
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["subject", "field", "item"],
        update_fields=["purposes", "sealed", "sealed_at"],
    )


def retag(place: Place, purposes: Collection[str], actor: str, why: str) -> None:
    """Keep a value for other purposes from now on, such as one that was granted or taken back.

    The ledger has it. ValueError when a purpose is not on the list, LookupError when nothing is
    sealed there; RuntimeError within a transaction.
    """
    allowed = written(purposes)
    with writing() as ledger:
        cell = Cell.objects.filter(**place._asdict()).first()
        key = keys.of([place.subject]).get(place.subject)
        if cell is None or key is None:
            raise LookupError("Nothing of this kind is sealed for this person.")
        plain = cipher.unseal(bytes(cell.sealed), [key], place.bound(cell.purposes))
        detail = f"{cell.purposes} > {allowed}"
        cell.sealed = cipher.seal(plain, key, place.bound(allowed))
        cell.purposes = allowed
        cell.save(update_fields=["sealed", "purposes"])
        subject, field, _ = place
        entry = Entry(at=micros(), kind="retagged", subject=subject, field=field, detail=detail)
        ledger.add(msgspec.structs.replace(entry, actor=actor, why=masked(why)))


def forget(field: str, items: Collection[str]) -> None:
    """Values of one field, by their item, such as the posts that their authors deleted."""
    Cell.objects.filter(field=field, item__in=[item for item in items if item]).delete()


def sealed(text: str, key: bytes, place: Place, purposes: str) -> bytes:
    """The bytes of a cell."""
    return cipher.seal(text.encode("utf-8", "surrogatepass"), key, place.bound(purposes))
