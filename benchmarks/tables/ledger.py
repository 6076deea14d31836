"""The ledger: openings a second that are on the disk, who exactly among ten million, tampering."""

import os
import random
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any

from django.db import connection, transaction

from benchmarks.table import Rows, row
from rejoinder.plumbing import sql
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
TAMPERINGS = int(os.environ.get("REJOINDER_BENCH_TAMPERINGS", "1000"))
AT_ONCE = 5000  # entries in a commit


def run() -> Rows:
    """Each part begins with an empty ledger."""
    return [_scripts(), _tampered(), *_rates(), _who_exactly()]


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


def _who_exactly() -> dict[str, Any]:
    """Ten million openings by five purposes and four fields over a year; a month of one."""
    tamper.empty()
    _fill()
    month = at(3 * MANY), at(3 * MANY + MANY)  # entries are a dozen microseconds apart
    found = affected("purpose 1", "field 2", *month)
    seconds = [_seconds(lambda: affected("purpose 1", "field 2", *month)) for _ in range(5)]
    whole = _seconds(lambda: affected("purpose 1", "field 2", at(0), at(12 * MANY)))
    detail = (
        f"{found.openings:,} of {MANY:,} openings, {len(found.subjects):,} people; "
        f"the whole year {whole:.2f} s"
    )
    return row("seconds to who exactly in a month", min(seconds), at_most=1, detail=detail)


def _fill() -> None:
    """Rows as the ledger has them, but for the hashes, which no question reads."""
    chance = random.Random(2)
    for begin in range(0, MANY, AT_ONCE):
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                place=place,
                at=12 * place,
                kind="opened",
                subject=f"{chance.randrange(MANY // 10):032x}",
                field=f"field {place % 4}",
                purpose=f"purpose {place % 5}",
                actor="job",
                chain=b"",
            )
            for place in range(begin, min(begin + AT_ONCE, MANY))
        )
    sql.execute("ANALYZE")


def _seconds(what: Any) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started
