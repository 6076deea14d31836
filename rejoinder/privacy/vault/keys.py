"""The keys of the vault: one for each person, sealed by a master key; and what people are called.

A person is found by what a channel calls them, blinded under a key of its own, so that nobody who
reads the table can try names until one fits.
"""

import hmac
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from rejoinder.plumbing import config
from rejoinder.privacy.models import Alias, PersonKey
from rejoinder.privacy.vault import cipher

INDEX = "index"  # the name under which the key of the blinded names lies
_ROWS = 500  # in one statement


class Person(NamedTuple):
    """Somebody outside, as a channel calls them."""

    channel: str
    external_id: str


def subjects(people: Collection[Person]) -> dict[Person, str]:
    """The pseudonyms of people; who is new gets one, and a key. In the caller's transaction."""
    blind_of = blinds(people)
    known = _known(blind_of.values())
    new = {blind: secrets.token_hex(16) for blind in blind_of.values() if blind not in known}
    if new:
        rows = [Alias(blind=blind, subject=subject) for blind, subject in new.items()]
        Alias.objects.bulk_create(rows, batch_size=_ROWS, ignore_conflicts=True)
        # Of two processes that meet the same person, one was first: its row counts.
        known |= _known(new)
        _give_keys([subject for blind, subject in new.items() if known[blind] == subject])
    return {person: known[blind] for person, blind in blind_of.items()}


def find(people: Collection[Person]) -> dict[Person, str]:
    """The pseudonyms of those who have one."""
    blind_of = blinds(people)
    known = _known(blind_of.values())
    return {person: known[blind] for person, blind in blind_of.items() if blind in known}


def blinds(people: Iterable[Person]) -> dict[Person, str]:
    """What stands for each person in the tables."""
    key = _index_key()
    return {person: _blind(key, person) for person in people}


def of(names: Collection[str]) -> dict[str, bytes]:
    """The keys of people by pseudonym; who was erased is left out."""
    rows = PersonKey.objects.in_bulk(list(names))
    return {name: unwrap(name, bytes(row.wrapped)) for name, row in rows.items()}


def new(name: str) -> tuple[bytes, bytes, str]:
    """A key, the same sealed by the master key, and the label of that one."""
    key, master = cipher.new_key(), masters()[0]
    return key, cipher.seal(key, master, name), label(master)


def unwrap(name: str, wrapped: bytes) -> bytes:
    """A key of the vault. Raises cipher.CannotOpenError when no master key of this desk fits."""
    return cipher.unseal(wrapped, masters(), name)


def masters() -> list[bytes]:
    """The master keys of the vault, the one that seals first; none seals anything else."""
    return [_for_people(key) for key in config.master_keys()]


def label(master: bytes) -> str:
    """What a master key is called in the tables."""
    return sha256(master).hexdigest()[:8]


@lru_cache(maxsize=8)
def _for_people(key: str) -> bytes:
    return hmac.digest(bytes.fromhex(key), b"rejoinder: keys of people", "sha256")


def _blind(key: bytes, person: Person) -> str:
    called = f"{person.channel}\x1f{person.external_id}".encode("utf-8", "surrogatepass")
    return hmac.digest(key, called, "sha256")[:16].hex()


def _known(names: Iterable[str]) -> dict[str, str]:
    return {row.blind: row.subject for row in Alias.objects.in_bulk(list(names)).values()}


def _give_keys(names: Sequence[str]) -> None:
    rows = []
    for name in names:
        _, wrapped, master = new(name)
        rows.append(PersonKey(subject=name, wrapped=wrapped, master=master))
    PersonKey.objects.bulk_create(rows, batch_size=_ROWS, ignore_conflicts=True)


def _index_key() -> bytes:
    found: Mapping[str, bytes] = of([INDEX])
    if not found:
        _give_keys([INDEX])
        found = of([INDEX])
    return found[INDEX]
