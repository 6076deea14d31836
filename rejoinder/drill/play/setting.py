"""What is played: a world's day, when it begins on the clock of the desk, and who plays along."""

from collections.abc import Sequence
from dataclasses import fields, replace

import msgspec
import numpy as np
from msgspec import Struct

from rejoinder.drill import recorded as recordings
from rejoinder.drill.day import Day, draw
from rejoinder.drill.play import script
from rejoinder.drill.recorded import Recorded
from rejoinder.drill.world import HOUR_S, World
from rejoinder.listening import read
from rejoinder.plumbing.config import config

FILE = "drill.json"
MENTIONS = "drill-mentions.jsonl"  # of a day that was recorded


class Setting(Struct, frozen=True, kw_only=True):
    """One drill that people play. Hours count from the world's midnight, as everything in it does.

    The desk opens at `opens_h`; who wrote since `from_h` waits already. At `until_h` it is over.
    `begins` is the world's midnight in seconds since the epoch. A `recorded` day is that of the
    mentions kept beside, else it is drawn. With `colleagues` everybody on duty
    but the people who play answers by themselves; with `lead` somebody publishes what many ask.
    """

    world: World
    seed: int
    begins: float
    from_h: float
    opens_h: float
    until_h: float
    colleagues: bool = True
    lead: bool = False
    recorded: bool = False

    def day(self) -> Day:
        """The mentions of these hours."""
        return part(self._whole(), *self._span())

    def texts(self, brand: str) -> list[str]:
        """What each of them says, without the name of who it is said to."""
        whole = self._whole()
        begins, ends = self._span()
        said = script.texts(whole, brand, self.seed)
        if self.recorded:
            found = recordings.texts(_mentions())
            said = [real or made_up for real, made_up in zip(found, said, strict=True)]
        moments = zip(whole.at.tolist(), said, strict=True)
        return [text for at, text in moments if begins <= at < ends]

    def _whole(self) -> Day:
        if not self.recorded:
            return draw(self.world, self.seed)
        return recordings.replay(self.world, _mentions(), self.seed, _needs)

    def _span(self) -> tuple[float, float]:
        return self.from_h * HOUR_S, self.until_h * HOUR_S

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
    """For every process of this desk. Words of people that are played no more go."""
    if not setting.recorded:
        (config().data / MENTIONS).unlink(missing_ok=True)
    (config().data / FILE).write_bytes(msgspec.json.encode(setting))


def keep_mentions(recorded: Sequence[Recorded]) -> None:
    """Beside the setting, for a day that was recorded."""
    lines = (msgspec.json.encode(one) + b"\n" for one in recordings.to_play(recorded))
    (config().data / MENTIONS).write_bytes(b"".join(lines))


def _mentions() -> list[Recorded]:
    with (config().data / MENTIONS).open("rb") as file:
        return recordings.lines(file)


def _needs(texts: Sequence[str]) -> list[read.words.Need]:
    return [reading.need for reading in read.fast(texts)]


def kept() -> Setting | None:
    """The drill of this desk; None where none is played."""
    try:
        return msgspec.json.decode((config().data / FILE).read_bytes(), type=Setting)
    except FileNotFoundError:
        return None
