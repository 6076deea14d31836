"""Heads of the ledger: what it came to when it had so many entries. Kept elsewhere, they prove."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.plumbing.merkle.frontier import Frontier
from rejoinder.privacy.ledger.entry import START
from rejoinder.privacy.models import LedgerHead


class Head(NamedTuple):
    """How many entries, the root of their tree and the end of their chain, in hexadecimal."""

    size: int
    root: str
    chain: str


class BadHeadError(ValueError):
    """A line that is no head; the message says which."""


def of(edge: Frontier, chain: bytes) -> Head:
    """The head of a tree and a chain."""
    return Head(edge.size, edge.head().hex(), chain.hex())


def now() -> Head:
    """The head of the ledger as it is."""
    row = LedgerHead.objects.filter(pk=1).first()
    if row is None:
        return of(Frontier(), START)
    return of(Frontier.of(row.size, bytes(row.frontier)), bytes(row.chain))


def file() -> Path:
    """Where heads are written to: apart from the data, so that whoever changes one misses one."""
    return config().heads or config().key_folder / "heads.jsonl"


def export() -> int:
    """Add the head to the file when the ledger grew since; 1 if it did. On the disk on return."""
    head, path = now(), file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if head.size == _last(path):
        return 0
    line = json.dumps({"at": clock.now().isoformat(), **head._asdict()}) + "\n"
    with path.open("r+b" if path.exists() else "wb") as written:
        written.seek(_whole(path))  # over a line that was cut off when a machine went down
        written.truncate()
        written.write(line.encode())
        written.flush()
        os.fsync(written.fileno())
    return 1


def _whole(path: Path) -> int:
    """Where the last whole line ends, in bytes."""
    return path.read_bytes().rfind(b"\n") + 1


def _last(path: Path) -> int:
    """How many entries the last head in the file tells of; a half-written line tells none."""
    try:
        with path.open("rb") as kept:
            kept.seek(max(0, path.stat().st_size - 4096))
            lines = kept.read().split(b"\n")
        return int(json.loads(lines[-2])["size"])
    except (OSError, IndexError, ValueError, KeyError, TypeError):
        return 0


def read(path: Path) -> Iterator[Head]:
    """The heads in a file of JSON lines. Raises BadHeadError, and OSError where there is none."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            yield head(line, f"{path}, line {number}")


def head(line: str, where: str) -> Head:
    """The head in a line of JSON. Raises BadHeadError."""
    try:
        values = json.loads(line)
        return Head(int(values["size"]), str(values["root"]), str(values["chain"]))
    except (ValueError, KeyError, TypeError):
        raise BadHeadError(f"{where}: this is no head.") from None
