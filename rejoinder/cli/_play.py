"""A desk on which a drill is played: a pretend network, a team, people who write, a clock."""

import os
import socket
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rejoinder.channels.contract import TroubleError
from rejoinder.channels.models import Account
from rejoinder.cli._open import Opening
from rejoinder.drill.play import control, stage
from rejoinder.drill.play import setting as settings
from rejoinder.drill.play.setting import Setting
from rejoinder.drill.recorded import Recorded
from rejoinder.drill.world import HOUR_S, World
from rejoinder.drill.worlds import NAMED
from rejoinder.plumbing import clock, pace
from rejoinder.plumbing.children import Children
from rejoinder.plumbing.config import config
from rejoinder.team import sign_in
from rejoinder.team.models import Advisor

GLANCE = 0.5  # seconds between two looks whether the day is over
PATIENCE = 30.0  # seconds for the pretend network to answer
PRETEND = "rejoinder.channels.pretend.server"
DEMO = NAMED["o2-2012"]
# A demonstration is in the middle of its day: since half past eight people have been writing.
DEMO_FROM_H, DEMO_OPENS_H, DEMO_UNTIL_H = 8.75, 9.25, 24.0
# What people rehearse begins as the first of them come on duty, and ends in the evening.
FROM_H, UNTIL_H = 7.0, 22.0
UNATTENDED_SPEED = 60.0  # slow enough that reading keeps up on two cores
THAT_DAY = datetime(2012, 1, 25, tzinfo=UTC)


def demonstration() -> Opening:
    """The morning of a leak, half an hour in, at the pace of the wall clock; nothing to set."""

    def open_desk(parts: Children) -> list[str]:
        begins = clock.now() - timedelta(hours=DEMO_OPENS_H)
        setting = Setting(
            world=DEMO,
            seed=int(begins.timestamp()) % 1000,
            begins=begins.timestamp(),
            from_h=DEMO_FROM_H,
            opens_h=DEMO_OPENS_H,
            until_h=DEMO_UNTIL_H,
            colleagues=False,
        )
        # Beside the drill people make small talk, and some of those who are answered answer back.
        return _open(parts, setting, "--lively", speed=1.0)

    return open_desk


def rehearsal(
    world: World,
    seed: int,
    *,
    recorded: Sequence[Recorded] = (),
    colleagues: bool = True,
    unattended: bool = False,
) -> Opening:
    """A day for people to play; its clock stands until they start it.

    `unattended` nobody has to: it begins at once, a lead publishes, and the desk closes at its end.
    """

    def open_desk(parts: Children) -> list[str]:
        if recorded:
            settings.keep_mentions(recorded)
        setting = Setting(
            world=world,
            seed=seed,
            begins=THAT_DAY.timestamp(),
            from_h=FROM_H,
            opens_h=FROM_H,
            until_h=UNTIL_H,
            colleagues=colleagues,
            lead=unattended,
            recorded=bool(recorded),
        )
        told = _open(parts, setting, speed=UNATTENDED_SPEED if unattended else 0.0)
        if unattended:
            threading.Thread(target=_close_when_over, args=(parts,), daemon=True).start()
        return told

    return open_desk


def _close_when_over(parts: Children) -> None:
    while not (config().data / control.REPORT).exists():
        time.sleep(GLANCE)
    parts.stop()


def _open(parts: Children, setting: Setting, *talk: str, speed: float) -> list[str]:
    """Start the network, make the team, connect the accounts; returns what to tell the person."""
    port = int(os.environ.get("REJOINDER_PRETEND_PORT") or _free_port())
    address = f"http://127.0.0.1:{port}"
    pace.start(setting.moment(setting.opens_h * HOUR_S), speed)
    parts.start("pretend", _process(PRETEND, "--port", str(port), "--brand", stage.BRAND, *talk))
    stage.clear()
    team = stage.team()
    _set_up(setting, address, team[0])
    settings.keep(setting)
    parts.start("drill", _process("rejoinder.drill.play.player", "--network", address))
    return _told(address, team)


def _set_up(setting: Setting, address: str, owner: Advisor) -> None:
    accounts = _connected(setting.world, address, owner)
    stage.limit(setting.world, setting.begins, accounts, stage.Network(address))
    stage.plan_for(setting.world, owner)


def _connected(world: World, address: str, owner: Advisor) -> dict[str, Account]:
    """As soon as the network answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return stage.connect(world, address, owner)
        except TroubleError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _told(address: str, team: list[Advisor]) -> list[str]:
    links = [f"  {a.name}, {a.role}: {sign_in.colleague_link(a)}" for a in team]
    return [
        f"The desk:            {config().base_url}/",
        f"The drill:           {config().base_url}/drill",
        f"The pretend network: {address}/",
        "Sign in once with one of these, in browsers of their own if you take two:",
        *links,
    ]


def _process(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
