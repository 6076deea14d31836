"""Out of the vault: for a purpose, with a reason, and the ledger has it before anybody reads it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Q

from rejoinder.plumbing import fault
from rejoinder.plumbing.group import Group
from rejoinder.privacy.ledger.append import micros, writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.ledger.reasons import LONGEST, clean, masked
from rejoinder.privacy.models import Cell, PersonKey
from rejoinder.privacy.purpose import refusal
from rejoinder.privacy.vault import cipher, keys
from rejoinder.privacy.vault.keeping import Place
from rejoinder.team import access
from rejoinder.team.models import Advisor

_SHORT, _ITEM = 60, 600  # characters kept of what was given
_ROWS = 500  # asked about in one statement
_NO_RIGHT, _NOTHING = "no right", "nothing sealed"


Actor = Advisor | str  # an advisor, or the name of a job


class NotOpenedError(Exception):
    """It stays sealed; the message says why. The attempt is in the ledger."""


class NothingSealedError(LookupError):
    """There is no such value of this person, or they were erased. The attempt is in the ledger."""


class _Asked(NamedTuple):
    place: Place
    purpose: str
    actor: str
    why: str
    may: bool


class _Sealed(NamedTuple):
    """What is read of a cell: no more, for each opening goes by here."""

    purposes: str
    sealed: bytes


class _Answer(NamedTuple):
    """What the ledger was told; `sealed` and `wrapped` only when it is opened."""

    against: str
    bound: str = ""
    sealed: bytes = b""
    wrapped: bytes = b""


def open(  # noqa: A001  # the word for it; these five are what an opening is
    subject: str, field: str, purpose: str, actor: Actor, why: str, *, item: str = ""
) -> str:
    """One value of a person; `subject` is their pseudonym, `actor` an advisor or the name of a job.

    The ledger has it on the disk before this returns. Raises NotAllowedError without the right,
    NotOpenedError when the purpose or the reason does not do, NothingSealedError when there is
    none; each attempt is in the ledger all the same. RuntimeError within a transaction.
    """
    asked = _ask(Place(subject, field, item), purpose, actor, why)
    (answer,) = _group.submit([asked])
    _require(actor)
    if answer.against == _NOTHING:
        raise NothingSealedError("Nothing of this kind is sealed for this person.")
    if answer.against:
        raise NotOpenedError(answer.against)
    return _released(asked.place.subject, answer)


def open_many(
    subjects: Collection[str], field: str, purpose: str, actor: Actor, why: str
) -> dict[str, str]:
    """One field of many people, for a job, as one entry with the exact set of those it opened.

    Who is refused is left out and stands in entries of their own, by the reason. Raises
    NotAllowedError without the right; RuntimeError within a transaction.
    """
    one = _ask(Place("", field), purpose, actor, why)
    wanted = [one._replace(place=Place(name, one.place.field)) for name in dict.fromkeys(subjects)]
    with writing() as ledger:
        answers = {asked.place.subject: answer for asked, answer in _decided(wanted)}
        for against, names in _by_reason(answers).items():
            ledger.add(_entry(one, _Answer(against), micros()), names)
    _require(actor)
    return {name: _released(name, answer) for name, answer in answers.items() if answer.sealed}


def _ask(place: Place, purpose: str, actor: Actor, why: str) -> _Asked:
    subject, field, item = place
    return _Asked(
        Place(clean(subject, _SHORT), clean(field, _SHORT), clean(item, _ITEM)),
        clean(purpose, _SHORT),
        _named(actor),
        masked(why),
        isinstance(actor, str) or access.may(actor, access.OPEN),
    )


def _require(actor: Actor) -> None:
    if isinstance(actor, Advisor):
        access.require(actor, access.OPEN)


def _released(subject: str, answer: _Answer) -> str:
    key = keys.unwrap(subject, answer.wrapped)
    return cipher.unseal(answer.sealed, [key], answer.bound).decode("utf-8", "surrogatepass")


def _write(asked: Sequence[_Asked]) -> list[_Answer]:
    """Decide and write down, while nobody else can erase or change what is decided about."""
    with writing() as ledger:
        decided, now = list(_decided(asked)), micros()
        for one, answer in decided:
            ledger.add(_entry(one, answer, now))
        fault.step("vault.deciding")
    fault.step("vault.written")
    return [answer for _, answer in decided]


_group = Group(_write)


def _decided(asked: Sequence[_Asked]) -> Iterator[tuple[_Asked, _Answer]]:
    for at in range(0, len(asked), _ROWS):
        some = asked[at : at + _ROWS]
        cells, wrapped = _cells(some), _wrapped(some)
        for one in some:
            yield one, _answer(one, cells, wrapped)


def _by_reason(answers: Mapping[str, _Answer]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, answer in answers.items():
        found.setdefault(answer.against, []).append(name)
    return found


def _cells(asked: Sequence[_Asked]) -> dict[Place, _Sealed]:
    wanted = Q()
    for field, item in {(one.place.field, one.place.item) for one in asked}:
        names = {place.subject for place, *_ in asked if place[1:] == (field, item)}
        wanted |= Q(subject__in=names, field=field, item=item)
    rows = Cell.objects.filter(wanted).values_list("subject", "field", "item", "purposes", "sealed")
    return {Place(*place): _Sealed(purposes, bytes(sealed)) for *place, purposes, sealed in rows}


def _wrapped(asked: Sequence[_Asked]) -> dict[str, bytes]:
    names = {one.place.subject for one in asked}
    rows = PersonKey.objects.filter(subject__in=names).values_list("subject", "wrapped")
    return {name: bytes(wrapped) for name, wrapped in rows}


def _answer(one: _Asked, cells: Mapping[Place, _Sealed], wrapped: Mapping[str, bytes]) -> _Answer:
    cell, key = cells.get(one.place), wrapped.get(one.place.subject)
    if not one.may:
        return _Answer(_NO_RIGHT)
    if cell is None or key is None:
        return _Answer(_NOTHING)
    if against := refusal(one.purpose, cell.purposes, one.why):
        return _Answer(against)
    return _Answer("", one.place.bound(cell.purposes), cell.sealed, key)


def _entry(one: _Asked, answer: _Answer, now: int) -> Entry:
    return Entry(
        at=now,
        kind="refused" if answer.against else "opened",
        subject=one.place.subject,
        field=one.place.field,
        purpose=one.purpose,
        actor=one.actor,
        why=one.why,
        detail=answer.against[:LONGEST],
    )


def _named(actor: Actor) -> str:
    """How the ledger names who asks."""
    return f"job {clean(actor, _SHORT)}" if isinstance(actor, str) else f"advisor {actor.public_id}"
