"""When a planned reply is to leave: local time with its gaps, and what is no time. Pure."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SOONEST = timedelta(minutes=1)
FARTHEST = timedelta(days=365)


class NoTime(StrEnum):
    """Why a reply cannot leave then."""

    UNREADABLE = "unreadable"
    PAST = "past"
    FAR = "far"
    SKIPPED = "skipped"  # clocks go forward over it


class NoTimeError(ValueError):
    """`why` says it; `instead` is the next moment that there is, where one was skipped."""

    def __init__(self, why: NoTime, instead: datetime | None = None) -> None:
        super().__init__(str(why))
        self.why = why
        self.instead = instead


def planned(typed: str, zone: str, now: datetime) -> datetime:
    """The moment (UTC) of a local time as browsers write it, `2026-03-29T14:30`.

    Of an hour that comes twice, when clocks go back, the first is meant. Raises NoTimeError.
    """
    local = _read(typed).replace(tzinfo=ZoneInfo(zone), fold=0)
    moment = local.astimezone(UTC)
    there = moment.astimezone(ZoneInfo(zone))
    if there.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoTimeError(NoTime.SKIPPED, there)
    if moment < now + SOONEST:
        raise NoTimeError(NoTime.PAST)
    if moment > now + FARTHEST:
        raise NoTimeError(NoTime.FAR)
    return moment


def _read(typed: str) -> datetime:
    try:
        read = datetime.strptime(typed.strip()[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007  # local
    except ValueError:
        raise NoTimeError(NoTime.UNREADABLE) from None
    if not datetime(1970, 1, 2) < read < datetime(9000, 1, 1):  # noqa: DTZ001  # local
        raise NoTimeError(NoTime.FAR if read.year > 1970 else NoTime.PAST)
    return read
