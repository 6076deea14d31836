"""What those who play a drill see of it and may do: its clock, its speed, its end, its report."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from rejoinder.drill.play import setting as settings
from rejoinder.drill.play.setting import Setting
from rejoinder.drill.world import HOUR_S
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock, live, pace
from rejoinder.plumbing.config import config
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

SPEEDS = (1, 10, 30, 60, 90, 120)
REPORT = "drill-report.html"
RESULT = "drill-result.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """A drill at this moment. `speed` 0: its clock stands."""

    setting: Setting
    at: datetime
    speed: float

    @property
    def opens(self) -> datetime:
        return self._moment(self.setting.opens_h)

    @property
    def ends(self) -> datetime:
        return self._moment(self.setting.until_h)

    @property
    def over(self) -> bool:
        return self.at >= self.ends

    @property
    def begun(self) -> bool:
        return self.speed > 0 or self.at > self.opens

    def _moment(self, hour: float) -> datetime:
        return datetime.fromtimestamp(self.setting.moment(hour * HOUR_S), UTC)


@dataclass(frozen=True, slots=True)
class SoFar:
    """How the day goes, as anybody at the desk could count it."""

    heard: int
    waiting: int
    urgent: int
    replies: int


def standing() -> Standing | None:
    """The drill that is played on this desk; None on every other."""
    setting = settings.kept() if config().demo else None
    if setting is None:
        return None
    now = pace.current()
    return Standing(setting, clock.now(), now.speed if now else 1.0)


def so_far() -> SoFar:
    """Counted now."""
    waiting = Conversation.objects.filter(waiting_since__isnull=False)
    return SoFar(
        heard=Mention.objects.filter(ours=False).count(),
        waiting=waiting.count(),
        urgent=waiting.filter(need=Need.URGENT).count(),
        replies=Reply.objects.filter(state=State.SENT).count(),
    )


def may_steer(actor: Advisor) -> bool:
    """Whoever steers the desk steers its drill."""
    return access.may(actor, access.STEER)


def set_speed(actor: Advisor, speed: float) -> None:
    """Let the clock run so many times as fast; 0 lets it stand."""
    access.require(actor, access.STEER)
    now = standing()
    if now is None or now.over:
        return
    pace.change(speed)
    audit.line(actor, "set the speed of the drill", "", speed=speed)
    live.changed(live.QUEUE)


def end(actor: Advisor) -> None:
    """The day is over now: what came until now counts."""
    access.require(actor, access.STEER)
    now = standing()
    if now is None or now.over:
        return
    hour = (now.at.timestamp() - now.setting.begins) / HOUR_S
    settings.keep(replace(now.setting, until_h=hour))
    audit.line(actor, "ended the drill", "", at=now.at.isoformat())
    live.changed(live.QUEUE)


def report() -> Path | None:
    """The page with the day beside the same one first come, first served; None until written."""
    path = config().data / REPORT
    return path if path.exists() else None
