"""The ledger: openings a second that are on the disk, who exactly among ten million, tampering."""

import os
import random
import time
from collections.abc import Iterator
from functools import partial
from threading import Thread
from typing import Any

from django.db import connection, transaction

from benchmarks.table import Rows, row
from rejoinder.plumbing import sql
from rejoinder.plumbing.merkle.tree import inclusion
from rejoinder.privacy import vault
from rejoinder.privacy.ledger import heads
from rejoinder.privacy.ledger.affected import affected
from rejoinder.privacy.ledger.append import at
from rejoinder.privacy.ledger.replay import Replay
from rejoinder.privacy.models import LedgerEntry
from rejoinder.privacy.vault import Person, Place, Value, copies
from tests.faults import mornings
from tests.privacy import tamper

PEOPLE, THREADS, EACH = 500, 32, 100
MANY = int(os.environ.get("REJOINDER_BENCH_OPENINGS", "10000000"))
SCRIPTS = int(os.environ.get("REJOINDER_BENCH_SCRIPTS", "1000"))
TAMPERINGS = int(os.environ.get("REJOINDER_BENCH_TAMPERINGS", "10000"))
_ROWS = """
    INSERT INTO privacy_ledgerentry
    (place, at, kind, subject, field, purpose, actor, why, detail, system, many, members, chain)
    {numbers}
"""
_REST = "'job', '', '', '', 1, ''"
_NUMBERS = {
    "sqlite": f"""
        WITH RECURSIVE n(p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM n WHERE p < {MANY - 1})
        SELECT p, 12 * p, 'opened', printf('%%032x', abs(random()) %% {MANY // 10}),
        'field ' || (p %% 4), 'purpose ' || (p %% 5), {_REST}, x'' FROM n
    """,
    "postgresql": f"""
        SELECT p, 12 * p, 'opened', lpad(to_hex(floor(random() * {MANY // 10})::bigint), 32, '0'),
        'field ' || (p %% 4), 'purpose ' || (p %% 5), {_REST}, ''::bytea
        FROM generate_series(0, {MANY - 1}) AS p
    """,
}


def run() -> Rows:
    """Each part begins with an empty ledger."""
    return [_scripts(), _tampered(), *_rates(), _proof(), *_who_exactly()]


def _scripts() -> dict[str, Any]:
    """Random mornings of eight processes that die at writes; each asked who exactly."""
    copies.write()  # from now on each erasure writes the copy of the keys anew
    wrong = sum(len(mornings.played(seed)) for seed in range(SCRIPTS))
    wrong += len(Replay().problems)
    what = f"answers that are not the truth, {SCRIPTS:,} fault scripts"
    asked = mornings.QUESTIONS + 6
    return row(what, wrong, at_most=0, detail=f"{SCRIPTS * asked:,} answers")


def _tampered() -> dict[str, Any]:
    """One thing at a time to a ledger whose head is kept elsewhere, taken back after it."""
    with tamper.small():
        tamper.empty()
        tamper.fill()
        kept, chance, unseen = [heads.now()], random.Random(1), 0
        for _ in range(TAMPERINGS):
            with transaction.atomic():
                tamper.tamper(chance)
                unseen += not Replay(kept).problems
                transaction.set_rollback(True)
        detail = f"{tamper.SIZE} entries, {len(tamper.DOES)} ways"
    return row(f"tamperings unseen of {TAMPERINGS:,}", unseen, at_most=0, detail=detail)


def _rates() -> Iterator[dict[str, Any]]:
    """By many threads, each opening one after the other; and by one job, all at once."""
    tamper.empty()
    people = [Person("pretend", str(number)) for number in range(PEOPLE)]
    names = list(vault.subjects(people).values())
    vault.seal([Value(Place(name, "phone"), "07700 900123") for name in names], ["callback"])
    alone = EACH / _seconds(lambda: _ask(names, EACH))
    started = time.perf_counter()
    threads = [Thread(target=_ask, args=(names, EACH, True)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = THREADS * EACH / (time.perf_counter() - started)
    detail = f"{THREADS} threads; {alone:,.0f} a second one after the other"
    yield row("openings a second, each on the disk first", rate, at_least=2000, detail=detail)
    job = PEOPLE / _seconds(lambda: vault.open_many(names, "phone", "callback", "job", "because"))
    yield row("the same by a job on many", job, at_least=2000, detail=f"{PEOPLE} at once")


def _ask(names: list[str], times: int, close: bool = False) -> None:
    for _ in range(times):
        vault.open(random.choice(names), "phone", "callback", "job", "because")
    if close:
        connection.close()


def _proof() -> dict[str, Any]:
    """The longest of a thousand among so many entries: its length is that of the tree alone."""
    chance = random.Random(3)
    sizes = [len(_path(chance.randrange(MANY))) for _ in range(1000)]
    return row("bytes of an inclusion proof", max(sizes), at_most=1024, detail=f"{MANY:,} entries")


def _path(place: int) -> bytes:
    return b"".join(inclusion(place, MANY, lambda level, number: bytes(32)))


def _who_exactly() -> Iterator[dict[str, Any]]:
    """Ten million openings by five purposes and four fields over a year; a month, and all of it."""
    tamper.empty()
    _fill()
    for what, since, until in (("month", 3, 4), ("year", 0, 12)):
        # Entries are a dozen microseconds apart, so that a month is as many as there are openings.
        asked = at(since * MANY), at(until * MANY)
        found = affected("purpose 1", "field 2", *asked)
        ask = partial(affected, "purpose 1", "field 2", *asked)
        took = [_seconds(ask) for _ in range(5)]
        detail = f"{found.openings:,} of {MANY:,} openings, {len(found.subjects):,} people"
        yield row(f"seconds to who exactly in a {what}", min(took), at_most=1, detail=detail)


def _fill() -> None:
    """Rows as the ledger has them, but for the hashes, which no question reads; indexes after."""
    indexes = LedgerEntry._meta.indexes
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(LedgerEntry, index)
    sql.execute(_ROWS.format(numbers=_NUMBERS[connection.vendor]))
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(LedgerEntry, index)
    # PostgreSQL reads an index alone only of what it was told that everybody may see.
    sql.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _seconds(what: Any) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started
