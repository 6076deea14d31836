"""The keys of people, copied apart from the data: backups leave them out, this file has them.

Sealed by the master key as in the table. It is written anew at each backup and at each erasure, so
that no copy of the data and of the keys outlives an erasure together. Beside it stands up to which
entry of the ledger it has heard of erasures: a process may die before it writes the copy.
"""

import base64
import fcntl
import json
import os
from pathlib import Path

from rejoinder.plumbing.config import config
from rejoinder.privacy.models import LedgerEntry, LedgerHead, PersonKey

EVERY = 60  # seconds between two looks for an erasure that a copy has not heard of
_ROWS = 500  # in one statement


def file() -> Path:
    """Where the keys are copied to."""
    return config().key_folder / "people.jsonl"


def write() -> int:
    """Copy the keys of everybody who was not erased; how many. The file is whole or the old one.

    One process at a time: of two erasures the later one writes last, and so has neither key.
    """
    path = file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # free when the file is closed, or the process dies
        size = _size()  # before the rows are read: of an erasure from then on none is missed
        count = _write(path)
        _heard().write_text(str(size), encoding="ascii")
    return count


def catch_up() -> int:
    """Write the copy anew where an erasure has not: its process died between the two. How many."""
    if not file().exists():
        return 0
    heard, size = _heard_up_to(), _size()
    erased = LedgerEntry.objects.not_opened().filter(place__gte=heard, kind="erased")
    if heard < 0 or heard > size or erased.exists():
        write()
        return 1
    # So that each look goes through what is new alone.
    _heard().write_text(str(size), encoding="ascii")
    return 0


def _write(path: Path) -> int:
    part = path.with_suffix(".part")
    rows = PersonKey.objects.order_by("pk")
    count = 0
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as copy:
        for row in rows.iterator(chunk_size=_ROWS):
            wrapped = base64.b64encode(bytes(row.wrapped)).decode()
            line = {"subject": row.subject, "wrapped": wrapped, "master": row.master}
            copy.write(json.dumps(line) + "\n")
            count += 1
        copy.flush()
        os.fsync(copy.fileno())
    part.rename(path)
    return count


def bring_back() -> int:
    """The keys from the file, where the table has none; how many there are now."""
    if not file().exists():
        return PersonKey.objects.count()
    _heard().unlink(missing_ok=True)  # the ledger of a backup is another one
    with file().open(encoding="ascii") as copy:
        lines = [json.loads(line) for line in copy]
    PersonKey.objects.bulk_create(
        [PersonKey(**line | {"wrapped": base64.b64decode(line["wrapped"])}) for line in lines],
        batch_size=_ROWS,
        ignore_conflicts=True,
    )
    return PersonKey.objects.count()


def _heard() -> Path:
    return file().with_suffix(".ledger")


def _heard_up_to() -> int:
    """The size of the ledger at the last copy; -1 when nobody knows."""
    try:
        return int(_heard().read_text(encoding="ascii"))
    except (OSError, ValueError):
        return -1


def _size() -> int:
    return LedgerHead.objects.values_list("size", flat=True).first() or 0
