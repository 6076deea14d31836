"""Erasing a person from the vault: the key goes, and with it all that it ever sealed.

Each erasure is on a list in the key folder before it happens. A backup from before it brings rows
of the person back, without their key; whom `listed` names is then erased again.
"""

import json
import os
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from rejoinder.plumbing import clock, fault
from rejoinder.plumbing.config import config
from rejoinder.privacy.ledger.append import micros, writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.ledger.reasons import masked
from rejoinder.privacy.models import Alias, Cell, PersonKey
from rejoinder.privacy.vault import copies, keys
from rejoinder.privacy.vault.keys import Person


def file() -> Path:
    """The list: when, and whom, by a blinded name that leads nowhere without the vault's key."""
    return config().key_folder / "erased.jsonl"


def erase(person: Person, actor: str, why: str, rooms: Callable[[], None]) -> str:
    """Destroy the key and everything sealed with it; the pseudonym they had, empty if none.

    `rooms` takes the rest away; it is one transaction with this and with the entry in the ledger.
    RuntimeError within a transaction.
    """
    _list([keys.blinds([person])[person]])
    with writing() as ledger:
        subject = keys.find([person]).get(person, "")
        rooms()
        if subject:
            PersonKey.objects.filter(subject=subject).delete()
            Alias.objects.filter(subject=subject).delete()
            Cell.objects.filter(subject=subject).delete()
        ledger.add(Entry(at=micros(), kind="erased", subject=subject, actor=actor, why=masked(why)))
    fault.step("erase.committed")
    if copies.file().exists():
        copies.write()
    return subject


def listed(since: datetime, people: Collection[Person]) -> list[Person]:
    """Those of these people who were erased after a moment, such as that of a backup."""
    if not file().exists():
        return []
    lines = [json.loads(line) for line in file().read_text(encoding="ascii").splitlines()]
    erased = {line["blind"] for line in lines if datetime.fromisoformat(line["at"]) > since}
    if not erased:
        return []
    return [person for person, blind in keys.blinds(people).items() if blind in erased]


def _list(blinds: Collection[str]) -> None:
    file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = clock.now().isoformat()
    with file().open("a", encoding="ascii") as written:
        written.writelines(json.dumps({"at": at, "blind": blind}) + "\n" for blind in blinds)
        written.flush()
        os.fsync(written.fileno())
