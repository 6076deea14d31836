"""A desk on a clock of its own, with the pretend network in a process beside it on the same clock:
minutes pass when the test says so, and everything that comes round by itself comes round in them.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import httpx
import pytest

from rejoinder.channels.contract import Channel, Limit
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.crisis.alarm.watching import Watcher
from rejoinder.desk import take, turn, write
from rejoinder.desk.batch.feed import Feeder
from rejoinder.desk.plan.keep_back import Planner
from rejoinder.drill.play import script
from rejoinder.listening.careful.reader import Reader
from rejoinder.listening.hear.listen import run_once
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Need
from rejoinder.listening.read.words import NEEDS
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock, pace
from rejoinder.plumbing.config import config
from rejoinder.plumbing.http import Network
from rejoinder.plumbing.log import FileLog
from rejoinder.team.models import Advisor
from tests.ports import free_port

HOST = "127.0.0.1"
STEP = timedelta(minutes=1)
SEEN = 1.5 * pace.GLANCE  # seconds after which both processes go by the new time


class Desk:
    """What the parts of a desk do, in turn, in this process."""

    def __init__(self, folder: Path, http: Network, town: str) -> None:
        self.town = town
        self._http = http
        self._log = FileLog(folder / "intake.sqlite3")
        self._reader, self._watcher, self._planner = Reader(folder), Watcher(), Planner()
        self._feeder, self._sender = Feeder(self._planner), Sender(self.opened)
        self.team: list[Advisor] = []  # who answer, one person a minute each
        self._random = Random(1)

    def opened(self, account: Account) -> Channel:
        """The account over the guarded network."""
        return open_account(account, self._http)

    def runs(self, length: timedelta, until: Callable[[], bool] = lambda: False) -> bool:
        """Let so much time pass, or less if it comes about before; whether it did."""
        ends = clock.now() + length
        while clock.now() < ends:
            if until():
                return True
            self.sleeps_until(clock.now() + STEP)
        return until()

    def sleeps_until(self, at: datetime) -> None:
        """Nobody is there meanwhile; then everything comes round once."""
        _turn_to(at)
        self._round()

    def hears(self) -> None:
        """What was said is heard, read with care, and counted."""
        run_once(self._log, self.opened)
        while triage.run_once(self._log):
            pass
        while self._reader.read_more():
            pass

    def says(self, who: str, text: str) -> None:
        """Somebody writes on the network."""
        order = {"say": {"by": who, "text": text}}
        httpx.post(f"{self.town}/control", json=order).raise_for_status()

    def limits(self, limit: Limit) -> None:
        """The network lets in so many of us from now on, and nothing else binds."""
        window = {"name": limit.name, "cap": limit.cap, "seconds": limit.window}
        order = {"limit": {"window": window | {"alignment": limit.alignment}, "only": True}}
        httpx.post(f"{self.town}/control", json=order).raise_for_status()

    def refusals(self) -> list[object]:
        """Every post that the network refused for its limits."""
        found: list[object] = httpx.get(f"{self.town}/control").json()["limited_at"]
        return found

    def close(self) -> None:
        self._log.close()

    def _round(self) -> None:
        self.hears()
        for advisor in self.team:
            self._answers(advisor)
        self._watcher.run()
        self._planner.run()
        self._feeder.run()
        while self._sender.run_once():
            pass

    def _answers(self, advisor: Advisor) -> None:
        """Somebody who needs a person; who asks what many ask is left for the answer to all."""
        talk = turn.take_next(advisor)
        if talk is not None and talk.need <= Need.SPECIFIC:
            write.answer(talk, advisor, script.reply(NEEDS[talk.need], self._random))
        elif talk is not None:
            take.let_go(talk, advisor)


@contextmanager
def desk(at: datetime, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The clock stands at this moment; the network is open and nobody lives there yet."""
    patch.setenv("REJOINDER_DATA", str(folder))
    patch.setenv("REJOINDER_DEMO", "true")
    config.cache_clear()
    pace.forget()
    pace.start(at.timestamp(), 0)
    try:
        with _network() as town, closing(Network({HOST})) as http:
            opened = Desk(folder, http, town)
            with closing(opened):
                yield opened
    finally:
        patch.undo()
        config.cache_clear()
        pace.forget()


def _turn_to(at: datetime) -> None:
    pace.start(at.timestamp(), 0)
    time.sleep(SEEN)


@contextmanager
def _network() -> Iterator[str]:
    port = free_port()
    module = "rejoinder.channels.pretend.server"
    command = [sys.executable, "-m", module, "--port", str(port), "--brand", "Northwind Mobile"]
    with subprocess.Popen(command) as process:
        try:
            url = f"http://{HOST}:{port}"
            _answers(url)
            yield url
        finally:
            process.terminate()


def _answers(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/control").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the pretend network did not start")
