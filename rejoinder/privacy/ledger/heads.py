"""Heads of the ledger: what it came to when it had so many entries. Kept elsewhere, they prove."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

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


def read(path: Path) -> Iterator[Head]:
    """The heads in a file of JSON lines. Raises BadHeadError, and OSError where there is none."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                values = json.loads(line)
                yield Head(int(values["size"]), str(values["root"]), str(values["chain"]))
            except (ValueError, KeyError, TypeError):
                raise BadHeadError(f"{path}, line {number}: this is no head.") from None
