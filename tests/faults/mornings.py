"""Eight processes at the same people, half of them killed at some write: what `test_mornings` runs.

`python -m tests.faults.mornings FIRST COUNT` prints each answer that is not the truth, and what
the replay of the whole ledger finds. The truth is what callers were handed, and what was on the
disk to be handed to a caller who died before it read it; nothing of it is read from the ledger.
"""

import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import django

PROCESSES, STEPS, QUESTIONS = 8, 12, 10
WRITES = ("INSERT", "UPDATE", "DELETE")
MOST = 60  # ticks of a morning; a process that is to die later lives


def played(seed: int) -> list[str]:
    """One random morning; where “who exactly” is not the truth of it."""
    from django.db import connections

    from tests.privacy.script import Script

    script = Script(seed)
    connections.close_all()
    children = [_child(script, seed, number) for number in range(PROCESSES)]
    found = []
    for process, said in children:
        with os.fdopen(said, encoding="utf-8") as lines:
            for line in lines:
                at, *rest = json.loads(line)
                script.released.append((datetime.fromisoformat(at), *rest))
        _, status = os.waitpid(process, 0)
        if status not in (0, signal.SIGKILL):
            found.append(f"seed {seed}: a process ended with {status}")
    return found + script.differs(QUESTIONS) + script.differs_in_all()


def _child(script: Any, seed: int, number: int) -> tuple[int, int]:
    """Its id, and the end of the pipe on which it says what it was handed."""
    read, write = os.pipe()
    if process := os.fork():
        os.close(write)
        return process, read
    code = 1
    try:
        os.close(read)
        _live(script, random.Random(f"{seed} {number}"), write)
        code = 0
    except BaseException:  # noqa: BLE001  # nothing may come back into the parent's code
        traceback.print_exc()
    os._exit(code)


def _live(script: Any, chance: random.Random, out: int) -> None:
    """A twelfth of the morning at a time; what was handed over is said at once."""
    script.chance = chance
    dies = chance.randrange(1, MOST) if chance.random() < 0.5 else 0
    _Death(dies, lambda rows: _say(out, rows)).wait_for_it()
    for _ in range(STEPS):
        script.released.clear()
        script.run(1)
        _say(out, [(at.isoformat(), *rest) for at, *rest in script.released])


def _say(out: int, rows: list[tuple[str, ...]]) -> None:
    for row in rows:
        os.write(out, json.dumps(row).encode() + b"\n")


class _Death:
    """Kills this process at the so-manieth write, before it, or before or after its commit."""

    def __init__(self, at: int, say: Callable[[list[tuple[str, ...]]], None]) -> None:
        self._left, self._say = at, say
        self._decided: list[tuple[str, ...]] = []

    def wait_for_it(self) -> None:
        from django.db import connection

        from rejoinder.privacy.vault import opening

        connection.ensure_connection()
        connection.execute_wrappers.append(self._execute)
        answer, commit = opening._answer, connection._commit  # type: ignore[attr-defined]  # Django's own

        def decide(one: Any, *known: Any) -> Any:
            given = answer(one, *known)
            if given.sealed:
                self._decided.append(_handed(one))
            return given

        def commits() -> None:
            self._tick()
            commit()
            self._tick(self._decided)
            self._decided.clear()

        opening._answer = decide  # type: ignore[assignment]  # spied on
        connection._commit = commits  # type: ignore[attr-defined]  # Django's own

    def _execute(self, execute: Any, sql: str, *given: Any) -> Any:
        if sql.lstrip().startswith(WRITES):
            self._tick()
        return execute(sql, *given)

    def _tick(self, kept: list[tuple[str, ...]] | None = None) -> None:
        self._left -= 1
        if self._left == 0:
            self._say(kept or [])
            os.kill(os.getpid(), signal.SIGKILL)


def _handed(one: Any) -> tuple[str, ...]:
    from rejoinder.plumbing import clock

    return (clock.now().isoformat(), one.place.subject, one.place.field, one.purpose)


def main(first: int, count: int) -> Iterator[str]:
    """Each difference in so many mornings, and each problem of the ledger they left."""
    from rejoinder.privacy.ledger.replay import Replay
    from rejoinder.privacy.vault import copies

    copies.write()  # from now on each erasure writes the copy of the keys anew
    for seed in range(first, first + count):
        yield from played(seed)
    yield from (f"{problem.place}: {problem.words}" for problem in Replay().problems)


if __name__ == "__main__":
    django.setup()
    print("\n".join([*main(int(sys.argv[1]), int(sys.argv[2])), "done"]))
