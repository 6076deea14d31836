"""The process that plays along: people outside, colleagues at the desk, until the day is over.

python -m rejoinder.drill.play.player --network http://127.0.0.1:2710
"""

import argparse
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx

from rejoinder.drill.world import HOUR_S
from rejoinder.plumbing import children, clock, pace, work
from rejoinder.plumbing.logging import start

if TYPE_CHECKING:
    from rejoinder.drill.play.diary import Diary
    from rejoinder.drill.play.setting import Setting
    from rejoinder.drill.play.stage import Network

_LOG = logging.getLogger(__name__)

GLANCE = 0.1  # seconds between two looks at what is due
TROUBLE = 2.0  # seconds until the network or the database is asked again


def main() -> None:
    """Read the command line, and play the drill of this desk."""
    import django

    parser = argparse.ArgumentParser(description="Plays the people of a drilled day.")
    parser.add_argument("--network", required=True, help="address of the pretend network")
    given = parser.parse_args()
    django.setup()
    start("drill")
    children.end_with_parent()
    stop = work.stop_on_signals()
    play(given.network, stop)
    stop.wait()  # the desk stays open, so that everybody can look at what came of it


def play(address: str, stop: threading.Event) -> None:
    """Until the day is over or it is told to stop; then what came of it is written down."""
    from rejoinder.drill.play import stage
    from rejoinder.drill.play.diary import Diary
    from rejoinder.drill.play.finish import finish
    from rejoinder.drill.play.setting import kept
    from rejoinder.plumbing.config import config

    diary, network, steps = Diary(config().data), stage.Network(address), None
    while not stop.wait(GLANCE):
        if (setting := kept()) is None:
            continue
        steps = steps or _steps(setting, diary, network)
        now, until = clock.now().timestamp() - setting.begins, setting.until_h * HOUR_S
        for step in steps:
            _guarded(step, min(now, until), stop)
        if now >= until:
            pace.change(0)
            finish(setting, diary, network.refusals(), _LOG.info)
            _LOG.info("The day is over. The page of the drill has the report.")
            return


def _steps(setting: "Setting", diary: "Diary", network: "Network") -> list[Callable[[float], int]]:
    from rejoinder.drill.play import stage
    from rejoinder.drill.play.colleagues import Colleagues
    from rejoinder.drill.play.lead import Lead
    from rejoinder.drill.play.people import People
    from rejoinder.drill.play.sight import Sight

    world, day = setting.world, setting.day()
    sight = Sight(day, diary, setting.begins)
    people = People(
        world,
        day,
        setting.seed,
        brand=stage.BRAND,
        texts=setting.texts(stage.BRAND.partition(" ")[0]),
        order=network.order,
        seen=sight,
        diary=diary,
    )
    if not setting.colleagues:
        return [people.turn_to]
    team = stage.colleagues(world)
    helping = Colleagues(world, day, team, diary=diary, pointer=sight.short_answer)
    if not setting.lead:
        return [people.turn_to, helping.turn_to]
    owner, reader, *_ = stage.team()
    lead = Lead(world, owner, reader, asked=sight.asked)
    return [people.turn_to, helping.turn_to, lead.turn_to]


def _guarded(step: Callable[[float], int], now: float, stop: threading.Event) -> None:
    from django.db import DatabaseError

    try:
        step(now)
    except (httpx.HTTPError, DatabaseError):
        _LOG.exception("The drill waits for the network or the database.")
        stop.wait(TROUBLE)


if __name__ == "__main__":
    main()
