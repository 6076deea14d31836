"""What somebody who can write to the database may do to the ledger, one thing at a time.

Where it is forged every hash is made anew, so that only a head kept elsewhere tells.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TypeAlias
from unittest.mock import patch

from msgspec import structs

from rejoinder.privacy.ledger import append, replay
from rejoinder.privacy.ledger.append import Writer, writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.models import LedgerEntry, LedgerHead, LedgerNode, LedgerSet

SIZE = 260  # entries: more than one stored subtree of 256
JOB = 150  # the place of a bulk job, which has a set of people beside it
SMALL = {"SIZE": 20, "JOB": 11}
_SMALL_TILE = 3  # levels: a stored subtree of 8
Written: TypeAlias = list[tuple[Entry, Sequence[str]]]
_TEXTS = ("kind", "subject", "field", "purpose", "actor", "why", "detail", "system", "members")
_NUMBERS = ("at", "many")


@contextmanager
def small() -> Iterator[None]:
    """The same in a tenth of the time: a ledger that stores each eighth subtree, of 20 entries."""
    with ExitStack() as stack:
        for module in (append, replay):
            stack.enter_context(patch.object(module, "TILE", _SMALL_TILE))
        stack.enter_context(patch.dict(globals(), SMALL))
        yield


def fill() -> None:
    """An empty ledger and entries in it, one of them of a job on several people."""
    _write(_entries())


def empty() -> None:
    """Away with all of it."""
    for model in (LedgerSet, LedgerEntry, LedgerNode, LedgerHead):
        model.objects.all().delete()


def tamper(chance: random.Random) -> str:
    """Do one thing, and say what."""
    name = chance.choice(list(DOES))
    DOES[name](chance)
    return name


def _entries() -> Written:
    made = [
        (Entry(at=at, kind="opened", subject=f"s{at % 9}", field="phone"), ()) for at in range(SIZE)
    ]
    job: tuple[Entry, Sequence[str]] = (Entry(at=JOB, kind="opened", field="phone"), ("a", "b"))
    return [*made[:JOB], job, *made[JOB + 1 :]]


def _write(entries: Written) -> None:
    with writing() as ledger:
        for entry, subjects in entries:
            ledger.add(entry, subjects)


def _text(chance: random.Random) -> None:
    rows = LedgerEntry.objects.filter(place=chance.randrange(SIZE))
    rows.update(**{chance.choice(_TEXTS): f"x{chance.randrange(10**6)}"})


def _number(chance: random.Random) -> None:
    rows = LedgerEntry.objects.filter(place=chance.randrange(SIZE))
    rows.update(**{chance.choice(_NUMBERS): chance.randrange(10**6, 10**7)})


def _chain(chance: random.Random) -> None:
    rows = LedgerEntry.objects.filter(place=chance.randrange(SIZE))
    rows.update(chain=chance.randbytes(32))


def _gone(chance: random.Random) -> None:
    place = chance.choice([at for at in range(SIZE) if at != JOB])
    LedgerEntry.objects.filter(place=place).delete()


def _cut(chance: random.Random) -> None:
    place = chance.randrange(SIZE)
    LedgerSet.objects.filter(entry_id__gte=place).delete()
    LedgerEntry.objects.filter(place__gte=place).delete()


def _swapped(chance: random.Random) -> None:
    first, second = chance.sample([at for at in range(SIZE) if at != JOB], 2)
    rows = {row.place: row for row in LedgerEntry.objects.filter(place__in=(first, second))}
    for place, other in ((first, second), (second, first)):
        what = {"at": rows[other].at, "subject": rows[other].subject}
        LedgerEntry.objects.filter(place=place).update(**what)


def _behind(chance: random.Random) -> None:
    LedgerEntry.objects.create(
        place=SIZE + chance.randrange(3), at=1, kind="opened", chain=chance.randbytes(32)
    )


def _node(chance: random.Random) -> None:
    LedgerNode.objects.update(hash=chance.randbytes(32))


def _no_node(_: random.Random) -> None:
    LedgerNode.objects.all().delete()


def _head(chance: random.Random) -> None:
    values = {
        "size": chance.randrange(SIZE),
        "chain": chance.randbytes(32),
        "frontier": chance.randbytes(32 * chance.randrange(6)),
    }
    name = chance.choice(list(values))
    LedgerHead.objects.update(**{name: values[name]})


def _no_head(_: random.Random) -> None:
    LedgerHead.objects.all().delete()


def _set(chance: random.Random) -> None:
    LedgerSet.objects.update(subjects=chance.randbytes(20))


def _no_set(_: random.Random) -> None:
    LedgerSet.objects.all().delete()


def _forged(change: Callable[[random.Random, Written], None]) -> Callable[[random.Random], None]:
    def forge(chance: random.Random) -> None:
        entries = _entries()
        change(chance, entries)
        empty()
        _write_within(entries)

    return forge


def _write_within(entries: Written) -> None:
    """As the ledger writes, every hash right; but within the transaction of whoever tries it."""
    writer = Writer()
    for entry, subjects in entries:
        writer.add(entry, subjects)
    writer.close()


def _other_person(chance: random.Random, entries: Written) -> None:
    place = chance.randrange(SIZE)
    entry, subjects = entries[place]
    entries[place] = (
        (structs.replace(entry, subject=f"x{chance.randrange(10**6)}"), ())
        if not subjects
        else (entry, (*subjects, "c"))
    )


def _left_out(chance: random.Random, entries: Written) -> None:
    del entries[chance.randrange(SIZE)]


def _put_in(chance: random.Random, entries: Written) -> None:
    entries.insert(chance.randrange(SIZE), (Entry(at=1, kind="opened", subject="new"), ()))


def _cut_short(chance: random.Random, entries: Written) -> None:
    del entries[chance.randrange(SIZE) :]


DOES: dict[str, Callable[[random.Random], None]] = {
    "a text": _text,
    "a number": _number,
    "a link of the chain": _chain,
    "an entry taken out": _gone,
    "the end cut off": _cut,
    "two entries swapped": _swapped,
    "an entry behind the end": _behind,
    "a node of the tree": _node,
    "no node of the tree": _no_node,
    "the end itself": _head,
    "no end": _no_head,
    "a set of people": _set,
    "no set of people": _no_set,
    "forged: another person": _forged(_other_person),
    "forged: an entry left out": _forged(_left_out),
    "forged: an entry put in": _forged(_put_in),
    "forged: cut short": _forged(_cut_short),
}
