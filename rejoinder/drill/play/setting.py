"""What is played: a world's day, when it begins on the clock of the desk, and who plays along."""

from dataclasses import fields, replace

import msgspec
import numpy as np
from msgspec import Struct

from rejoinder.drill.day import Day, draw
from rejoinder.drill.world import HOUR_S, World
from rejoinder.plumbing.config import config

FILE = "drill.json"


class Setting(Struct, frozen=True, kw_only=True):
    """One drill that people play. Hours count from the world's midnight, as everything in it does.

    The desk opens at `opens_h`; who wrote since `from_h` waits already. At `until_h` it is over.
    `begins` is the world's midnight in seconds since the epoch. With `colleagues` everybody on duty
    but the people who play answers by themselves.
    """

    world: World
    seed: int
    begins: float
    from_h: float
    opens_h: float
    until_h: float
    colleagues: bool = True

    def day(self) -> Day:
        """The mentions of these hours."""
        whole = draw(self.world, self.seed)
        return part(whole, self.from_h * HOUR_S, self.until_h * HOUR_S)

    def moment(self, at: float) -> float:
        """A second of the world's day as seconds since the epoch."""
        return self.begins + at


def part(day: Day, since: float, until: float) -> Day:
    """The mentions of a span of the day, and what other clients post in it."""
    mentions = (day.at >= since) & (day.at < until)
    others = (day.other_at >= since) & (day.other_at < until)
    kept = {
        each.name: getattr(day, each.name)[others if each.name.startswith("other_") else mentions]
        for each in fields(day)
    }
    _, kept["person"] = np.unique(kept["person"], return_inverse=True)
    return replace(day, **kept)


def keep(setting: Setting) -> None:
    """For every process of this desk."""
    (config().data / FILE).write_bytes(msgspec.json.encode(setting))


def kept() -> Setting | None:
    """The drill of this desk; None where none is played."""
    try:
        return msgspec.json.decode((config().data / FILE).read_bytes(), type=Setting)
    except FileNotFoundError:
        return None
